// oidc-provider, a certified OpenID provider, at PORT. It knows two people; whoever visits its pages says what she does:
// /interaction/<uid>/goes-on?account=maria@clinic.example and /interaction/<uid>/cancels stand for the person's clicks.
import { Provider, interactionPolicy } from 'oidc-provider'

const { PORT, CALLBACK, LASTING = 'yes' } = process.env
const CALENDAR = 'https://www.googleapis.com/auth/calendar'
const PEOPLE = ['maria@clinic.example', 'joe@clinic.example']

const policy = interactionPolicy.base()
policy.add(new interactionPolicy.Prompt({ name: 'select_account', requestable: true }), 0)

const client = (id) => ({
  client_id: id,
  client_secret: `${id}-secret`,
  redirect_uris: [CALLBACK],
  grant_types: ['authorization_code', 'refresh_token'],
  token_endpoint_auth_method: 'client_secret_post',
})

const provider = new Provider(`http://localhost:${PORT}`, {
  clients: [client('checker'), client('integration')],
  scopes: [
    'openid',
    'offline_access',
    `${CALENDAR}.calendarlist.readonly`,
    `${CALENDAR}.events.owned.readonly`,
    `${CALENDAR}.events.owned`,
  ],
  claims: { openid: ['sub'], email: ['email', 'email_verified'] },
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false }, revocation: { enabled: true } },
  interactions: { policy, url: (_, interaction) => `/interaction/${interaction.uid}` },
  // Google gives a lasting token for access_type=offline, which is its own word; others decide by scope or by client.
  issueRefreshToken: async () => LASTING === 'yes',
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: PEOPLE[id], email_verified: true }),
  }),
  cookies: { keys: ['signs the cookies of a test'] },
  ttl: { Interaction: 600, Session: 3600, Grant: 3600, AccessToken: 3600, AuthorizationCode: 60, IdToken: 3600, RefreshToken: 3600 },
})

async function decided(prompt, details, account) {
  if (prompt.name === 'select_account') return { select_account: {} }
  if (prompt.name === 'login') return { login: { accountId: String(PEOPLE.indexOf(account)) } }
  const { session, params, grantId } = details
  const grant = grantId
    ? await provider.Grant.find(grantId)
    : new provider.Grant({ accountId: session.accountId, clientId: params.client_id })
  grant.addOIDCScope(params.scope)
  return { consent: { grantId: await grant.save() } }
}

provider.use(async (ctx, next) => {
  const [, place, , does] = ctx.path.split('/')
  if (place !== 'interaction') return next()
  const details = await provider.interactionDetails(ctx.req, ctx.res)
  if (!does) {
    ctx.body = details.prompt.name
    return undefined
  }
  const result = does === 'cancels' ? { error: 'access_denied' } : await decided(details.prompt, details, ctx.query.account)
  await provider.interactionFinished(ctx.req, ctx.res, result, { mergeWithLastSubmission: does !== 'cancels' })
  ctx.respond = false
  return undefined
})

provider.listen(Number(PORT), '127.0.0.1', () => console.log(`Ready: http://localhost:${PORT}/`))
