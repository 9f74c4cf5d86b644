// google-auth-library and @googleapis/calendar: the two addresses are `oauth2TokenUrl` and `rootUrl`.
import { calendar } from '@googleapis/calendar'
import { OAuth2Client } from 'google-auth-library'

const BASE = process.argv[2].replace(/\/$/, '') // what the stand-in printed after Ready:
const asked = { account: 'maria@clinic.example', client_id: 'checker', scopes: ['calendarlist.readonly'] }
const headers = { 'Content-Type': 'application/json' }
const given = await fetch(`${BASE}/_world/tokens`, { method: 'POST', headers, body: JSON.stringify(asked) })
const endpoints = { oauth2TokenUrl: `${BASE}/token` }
const auth = new OAuth2Client({ clientId: 'checker', clientSecret: 'checker-secret', endpoints })
auth.setCredentials({ refresh_token: (await given.json()).refresh_token })
const { data } = await calendar({ version: 'v3', auth, rootUrl: `${BASE}/` }).calendarList.list()
console.log(data.items.map((entry) => entry.summary))
