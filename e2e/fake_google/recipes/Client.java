// `java Client.java BASE`, with the JDK alone. Google's own library takes the same two addresses:
// new Calendar.Builder(transport, json, request).setRootUrl(BASE + "/"), and the token address in its UserCredentials.
import java.net.URI;
import java.net.http.*;
import java.net.http.HttpRequest.BodyPublishers;

public class Client {
  public static void main(String[] words) throws Exception {
    String base = words[0].replaceAll("/$", "");  // what the stand-in printed after Ready:
    String asked = "{\"account\":\"maria@clinic.example\",\"client_id\":\"checker\",\"scopes\":[\"calendarlist.readonly\"]}";
    String refreshToken = told(ask(base + "/_world/tokens", "application/json").POST(BodyPublishers.ofString(asked)), "refresh_token");
    String form = "grant_type=refresh_token&client_id=checker&client_secret=checker-secret&refresh_token=" + java.net.URLEncoder.encode(refreshToken, "UTF-8");
    String token = told(ask(base + "/token", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(form)), "access_token");
    System.out.println(told(ask(base + "/calendar/v3/users/me/calendarList", "").header("Authorization", "Bearer " + token), "summary"));
  }
  static HttpRequest.Builder ask(String address, String type) {
    HttpRequest.Builder asked = HttpRequest.newBuilder(URI.create(address)).version(HttpClient.Version.HTTP_1_1);
    return type.isEmpty() ? asked : asked.header("Content-Type", type);
  }
  static String told(HttpRequest.Builder asked, String name) throws Exception {  // the first property of that name
    String body = HttpClient.newHttpClient().send(asked.build(), HttpResponse.BodyHandlers.ofString()).body();
    return body.replaceAll("(?s).*?\"" + name + "\": ?\"([^\"]*)\".*", "$1");
  }
}
