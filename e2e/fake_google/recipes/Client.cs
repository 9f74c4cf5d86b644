// Google.Apis.Auth and Google.Apis.Calendar.v3: the two addresses are the token address and BaseUri. Written from their
// documentation and not yet run: this project has no .NET.
using System.Net.Http.Json;
using System.Text.Json;
using Google.Apis.Auth.OAuth2;
using Google.Apis.Auth.OAuth2.Flows;
using Google.Apis.Auth.OAuth2.Responses;
using Google.Apis.Calendar.v3;
using Google.Apis.Services;

var root = args[0].TrimEnd('/');  // what the stand-in printed after Ready:
var asked = new { account = "maria@clinic.example", client_id = "checker", scopes = new[] { "calendarlist.readonly" } };
var given = await (await new HttpClient().PostAsJsonAsync($"{root}/_world/tokens", asked)).Content.ReadFromJsonAsync<JsonElement>();
var secrets = new ClientSecrets { ClientId = "checker", ClientSecret = "checker-secret" };
var flow = new AuthorizationCodeFlow(new AuthorizationCodeFlow.Initializer($"{root}/o/oauth2/v2/auth", $"{root}/token") { ClientSecrets = secrets });
var credential = new UserCredential(flow, "maria", new TokenResponse { RefreshToken = given.GetProperty("refresh_token").GetString() });
var calendar = new CalendarService(new BaseClientService.Initializer { HttpClientInitializer = credential, BaseUri = $"{root}/calendar/v3/" });
foreach (var entry in (await calendar.CalendarList.List().ExecuteAsync()).Items) Console.WriteLine(entry.Summary);
