// openid-client, a certified relying party, against BASE. It refuses by itself what OpenID Connect forbids.
import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import * as client from 'openid-client'

const BASE = process.env.BASE
const CALLBACK = 'http://127.0.0.1:9/google/callback'
const MARIA = 'maria@clinic.example'
const CALENDAR = 'https://www.googleapis.com/auth/calendar.calendarlist.readonly'
const EVENTS = 'https://www.googleapis.com/auth/calendar.events.owned.readonly'
const HTTP = { execute: [client.allowInsecureRequests] }

const world = (address, body = {}) =>
  fetch(`${BASE}/_world/${address}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })

const discover = (secret = 'checker-secret', auth = client.ClientSecretPost(secret)) =>
  client.discovery(new URL(BASE), 'checker', secret, auth, HTTP)

// What one trip to Google needs and brings: the checks, and the address the browser came back to.
async function trip(config, { person = { does: 'continue', account: MARIA }, cookie = '', ...changes } = {}) {
  const checks = {
    pkceCodeVerifier: client.randomPKCECodeVerifier(),
    expectedState: client.randomState(),
    expectedNonce: client.randomNonce(),
    idTokenExpected: true,
  }
  let address = client.buildAuthorizationUrl(config, {
    redirect_uri: CALLBACK,
    scope: `openid email ${CALENDAR} ${EVENTS}`,
    access_type: 'offline',
    prompt: 'select_account consent',
    state: checks.expectedState,
    nonce: checks.expectedNonce,
    code_challenge: await client.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
    code_challenge_method: 'S256',
    ...changes,
  })
  if (person) await world('person', person)
  while (!address.href.startsWith(CALLBACK)) {
    const answer = await fetch(address, { redirect: 'manual', headers: cookie ? { Cookie: cookie } : {} })
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie
    assert.equal(answer.status, 302, `${address} stayed with ${answer.status}`)
    address = new URL(answer.headers.get('location'), address)
  }
  return { back: address, checks, cookie }
}

const refusedWith = (error) => (raised) => raised.error === error || raised.cause?.error === error

let config
beforeEach(async () => {
  await world('reset')
  config = await discover()
})

test('the whole way brings tokens of the account meant', async () => {
  const { back, checks } = await trip(config)
  const tokens = await client.authorizationCodeGrant(config, back, checks)

  assert.equal(tokens.claims().email, MARIA)
  assert.equal(tokens.claims().hd, 'clinic.example')
  assert.ok(tokens.refresh_token)
  assert.ok(tokens.expiresIn() > 3500)
})

test('a client may say who it is by basic', async () => {
  const basic = await discover('checker-secret', client.ClientSecretBasic('checker-secret'))
  const { back, checks } = await trip(basic)

  assert.ok((await client.authorizationCodeGrant(basic, back, checks)).access_token)
})

test('userinfo is about the subject of the id_token', async () => {
  const { back, checks } = await trip(config)
  const tokens = await client.authorizationCodeGrant(config, back, checks)

  const told = await client.fetchUserInfo(config, tokens.access_token, tokens.claims().sub)

  assert.equal(told.email, MARIA)
})

test('a refresh token goes on without a new one', async () => {
  const { back, checks } = await trip(config)
  const tokens = await client.authorizationCodeGrant(config, back, checks)

  const again = await client.refreshTokenGrant(config, tokens.refresh_token)

  assert.equal(again.refresh_token, undefined)
  assert.notEqual(again.access_token, tokens.access_token)
})

test('the access token opens the calendar list', async () => {
  const { back, checks } = await trip(config)
  const tokens = await client.authorizationCodeGrant(config, back, checks)

  const answer = await client.fetchProtectedResource(
    config, tokens.access_token, new URL(`${BASE}/calendar/v3/users/me/calendarList`), 'GET',
  )

  assert.deepEqual((await answer.json()).items.map((entry) => entry.summary), [MARIA])
})

test('a box left empty is told by the scope', async () => {
  const { back, checks } = await trip(config, { person: { does: 'leave_empty', account: MARIA, box: 'events' } })
  const tokens = await client.authorizationCodeGrant(config, back, checks)

  assert.ok(!tokens.scope.split(' ').includes(EVENTS))
  assert.ok(tokens.scope.split(' ').includes(CALENDAR))
})

test('Cancel comes back as access_denied', async () => {
  const { back, checks } = await trip(config, { person: { does: 'cancel', account: MARIA } })

  await assert.rejects(client.authorizationCodeGrant(config, back, checks), refusedWith('access_denied'))
})

test('a silent sign-in brings a code where a session and a consent live', async () => {
  const { cookie } = await trip(config)
  const { back, checks } = await trip(config, { cookie, person: null, prompt: 'none', scope: 'openid email', login_hint: MARIA })

  assert.equal((await client.authorizationCodeGrant(config, back, checks)).claims().email, MARIA)
})

test('a silent sign-in is refused elsewhere', async () => {
  const { back, checks } = await trip(config, { person: null, prompt: 'none', scope: 'openid email' })

  await assert.rejects(client.authorizationCodeGrant(config, back, checks), refusedWith('interaction_required'))
})

test('a code is good once', async () => {
  const { back, checks } = await trip(config)
  await client.authorizationCodeGrant(config, back, checks)

  await assert.rejects(client.authorizationCodeGrant(config, back, checks), refusedWith('invalid_grant'))
})

test('another verifier is refused', async () => {
  const { back, checks } = await trip(config)
  const other = { ...checks, pkceCodeVerifier: client.randomPKCECodeVerifier() }

  await assert.rejects(client.authorizationCodeGrant(config, back, other), refusedWith('invalid_grant'))
})

test('a wrong secret is refused', async () => {
  const wrong = await discover('wrong')
  const { back, checks } = await trip(wrong)

  await assert.rejects(client.authorizationCodeGrant(wrong, back, checks), refusedWith('invalid_client'))
})

test('the nonce in the id_token is the one sent', async () => {
  const { back, checks } = await trip(config)

  await assert.rejects(
    client.authorizationCodeGrant(config, back, { ...checks, expectedNonce: 'another' }),
    (raised) => /nonce/.test(`${raised.message} ${raised.cause?.message}`),
  )
})

test('a revoked permission is dead', async () => {
  const { back, checks } = await trip(config)
  const tokens = await client.authorizationCodeGrant(config, back, checks)
  await client.tokenRevocation(config, tokens.access_token)

  await assert.rejects(client.refreshTokenGrant(config, tokens.refresh_token), refusedWith('invalid_grant'))
})

test('rotated keys are fetched anew', async () => {
  await world('keys')
  const { back, checks } = await trip(config)

  assert.ok((await client.authorizationCodeGrant(config, back, checks)).claims().sub)
})

test('an issuer in the redirect is the one described', async () => {
  await world('manners', { iss_in_redirect: true })
  const { back, checks } = await trip(config)

  assert.equal(back.searchParams.get('iss'), BASE)
  assert.ok((await client.authorizationCodeGrant(config, back, checks)).access_token)
})
