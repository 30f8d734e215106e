/**
 * Secrets and their look-alikes, made by a fixed generator: no real token stands here, and none is in a form that a
 * scanner of repositories would take for one, as the source never holds it whole.
 */
export interface Sample {
  readonly text: string
  /** What must not be readable afterwards. */
  readonly secret: string
}

const lower = 'abcdefghijklmnopqrstuvwxyz'
const upper = lower.toUpperCase()
const digits = '0123456789'
const hex = `${digits}abcdef`
const word = lower + upper + digits

let state = 20_261_121
/** A linear congruential generator (Numerical Recipes): the same corpus in every run. */
function next(below: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
  return Math.floor((state / 2 ** 32) * below)
}

function some(letters: string, length: number): string {
  return Array.from({ length }, () => letters[next(letters.length)]).join('')
}

/** Letters and digits, with at least one of each. */
function mixed(length: number): string {
  return `${some(lower, 1)}${some(digits, 1)}${some(upper, 1)}${some(word, length - 3)}`
}

const jwt = () =>
  [`{"alg":"HS256","typ":"JWT"}`, `{"sub":"${some(digits, 9)}","name":"${some(lower, 6)}"}`]
    .map((part) => Buffer.from(part).toString('base64url'))
    .concat(some(`${word}_-`, 43))
    .join('.')

const tokens: readonly (() => string)[] = [
  jwt,
  () => `ghp_${some(word, 36)}`,
  () => `ghs_${some(word, 36)}`,
  () => `github_pat_${some(word, 22)}_${some(word, 59)}`,
  () => `glpat-${some(`${word}_`, 20)}`,
  () => `glrt-${some(`${word}_`, 20)}`,
  () => `xoxb-${some(digits, 12)}-${some(digits, 12)}-${some(word, 24)}`,
  () => `xapp-1-A${some(upper, 10)}-${some(digits, 13)}-${some(hex, 64)}`,
  () => `AKIA${some(`${upper}234567`, 16)}`,
  () => `ASIA${some(`${upper}234567`, 16)}`,
  () => `AIza${some(`${word}_-`, 35)}`,
  () => `GOCSPX-${some(`${word}_-`, 28)}`,
  () => `ya29.${some(`${word}_-`, 60)}`,
  () => `sk_live_${some(word, 24)}`,
  () => `whsec_${some(word, 32)}`,
  () => `hvs.${some(`${word}_-`, 90)}`,
  () => `npm_${some(word, 36)}`,
  () => `pypi-AgEIcHlwaS5vcmc${some(`${word}_-`, 60)}`,
  () => `dckr_pat_${some(`${word}_-`, 27)}`,
  () => `dop_v1_${some(hex, 64)}`,
  () => `glsa_${some(word, 32)}_${some(hex, 8)}`,
  () => `SG.${some(`${word}_-`, 22)}.${some(`${word}_-`, 43)}`,
  () => `sk-proj-${some(`${word}_-`, 48)}`,
  () => `hf_${some(word, 34)}`,
  () => `shpat_${some(hex, 32)}`,
]

/** Around a token of known form nothing needs to be said of what it is. */
const anywhere: readonly ((token: string) => string)[] = [
  (token) => token,
  (token) => `2026-11-21T03:00:00Z level=error msg="push failed" with=${token} retry=3`,
  (token) => `{"level":30,"msg":"sent","value":"${token}","pid":7}`,
  (token) => `remote: https://git.example/x.git?x=${token}&y=1`,
  (token) => `'${token}', and so on`,
]

const names = [
  'DB_PASSWORD',
  'POSTGRES_PASSWORD',
  'password',
  'passwd',
  'api_key',
  'API-KEY',
  'apiKey',
  'client_secret',
]
  .concat([
    'secretKey',
    'aws_secret_access_key',
    'access_token',
    'refreshToken',
    'PGPASSWORD',
    'MYSQL_PWD',
    'private_key',
  ])
  .concat([
    'encryption-key',
    'auth_token',
    'smtp.password',
    'spring.datasource.password',
    'JWT_SECRET',
    'webhook_secret',
  ])

const behindNames: readonly ((name: string, value: string) => string)[] = [
  (name, value) => `${name}=${value}`,
  (name, value) => `export ${name}="${value}"`,
  (name, value) => `{"${name}":"${value}","user":"app"}`,
  (name, value) => `${name}: ${value}`,
  (name, value) => `  ${name}: '${value}'`,
  (name, value) => `{\\"${name}\\": \\"${value}\\"}`,
  (name, value) => `--${name} ${value} --verbose`,
  (name, value) => `{'${name}': '${value}'}`,
  (name, value) => `GET /cb?user=1&${name}=${value}&page=2 200`,
  (name, value) => `config: ${name} => "${value}"`,
]

const secrets: readonly ((value: string) => string)[] = [
  (value) => `Authorization: Bearer ${value}`,
  (value) => `> authorization: Basic ${value}`,
  (value) => `curl -H "Authorization: token ${value}" https://api.example/`,
  (value) => `curl -u app:${value} https://api.example/`,
  (value) => `redis-cli -h cache -a ${value} ping`,
  (value) => `redis-cli --pass ${value} ping`,
  (value) => `postgres://app:${value}@db:5432/shop`,
  (value) => `could not connect to mongodb+srv://app:${value}@cluster0.example/shop?retryWrites=true`,
  (value) => `amqp://guest:${value}@queue:5672/%2f`,
  (value) => `redis://:${value}@cache:6379/0`,
  (value) => `Server=db;Database=shop;User Id=app;Password=${value};Encrypt=true`,
  (value) => `DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=${value}${value}${value}==;EndpointSuffix=x`,
  (value) => `https://shop.blob.example/a?sv=2024&sig=${value}%3D`,
  (value) => `https://s3.example/a?X-Amz-Signature=${value}&X-Amz-Expires=60`,
  (value) => `Cookie: session=${value}; theme=dark`,
  (value) => `set-cookie: sid=${value}; HttpOnly`,
  (value) => `X-Vault-Token: ${value}`,
  (value) => `PRIVATE-TOKEN: ${value}`,
  (value) => `X-Api-Key: ${value}`,
  (value) => `ALTER ROLE app IDENTIFIED BY '${value}'`,
  (value) => `ALTER ROLE app WITH PASSWORD '${value}'`,
  (value) => `https://hooks.slack.com/services/T0/B0/${value}`,
  (value) => `https://discord.com/api/webhooks/123456789/${value}${value}`,
  (value) => `requirepass ${value}`.replace(' ', ': '),
  (value) => `host=db port=5432 user=app password=${value} dbname=shop`,
]

/** Texts with a secret in each. */
export const positives: readonly Sample[] = [
  ...tokens.flatMap((make) =>
    anywhere.map((wrap) => {
      const secret = make()
      return { text: wrap(secret), secret }
    }),
  ),
  ...names.flatMap((name) =>
    behindNames.map((wrap) => {
      const secret = mixed(10 + next(20))
      return { text: wrap(name, secret), secret }
    }),
  ),
  ...secrets.flatMap((wrap) =>
    [12, 20, 32].map((length) => {
      const secret = mixed(length)
      return { text: wrap(secret), secret }
    }),
  ),
  ...['RSA ', 'EC ', 'OPENSSH ', ''].map((kind) => {
    const secret = some(`${word}+/`, 64)
    return {
      text: `-----BEGIN ${kind}PRIVATE KEY-----\n${secret}\n${secret}\n-----END ${kind}PRIVATE KEY-----\n`,
      secret,
    }
  }),
]

const uuid = () => [8, 4, 4, 4, 12].map((length) => some(hex, length)).join('-')

const lookAlikes: readonly (() => string)[] = [
  () => `commit ${some(hex, 40)}`,
  () => `HEAD is now at ${some(hex, 7)} Take the token out of the header`,
  () => `trace_id=${some(hex, 32)} span_id=${some(hex, 16)}`,
  () => `request ${uuid()} took 12ms`,
  () => `Pulled image registry.example/shop/api@sha256:${some(hex, 64)}`,
  () => `container ${some(hex, 64)} started`,
  () => `pod/shop-api-${some(hex, 9)}-${some(lower, 5)} Running`,
  () => `data:image/png;base64,iVBORw0KGgo${some(`${word}+/`, 120)}=`,
  () => `etag: "${some(hex, 32)}"`,
  () => `sha512-${some(`${word}+/`, 86)}==`,
  () => `ULID 01K${some('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 23)}`,
  () => `token expired at 2026-11-2${next(10)}T03:00:00Z`,
  () => `password: incorrect, ${next(9)} tries left`,
  () => `the secret app-tls-${some(lower, 4)} was not found`,
  () => `secretName: shop-${some(lower, 6)}`,
  () => `passwordFile: /run/secrets/${some(lower, 8)}`,
  () => `max_tokens: ${next(9000)} prompt_tokens=${next(9000)}`,
  () => `tokens=${next(9000)} key=order:${next(9000)}`,
  () => `GET https://api.example:8443/users/@${some(lower, 6)} 200`,
  () => `mail to ${some(lower, 5)}@example.org about http://shop.example/`,
  () => `git clone ssh://git@git.example/${some(lower, 5)}.git`,
  () => `authorization: denied for ${some(lower, 5)}`,
  () => `password=$DB_PASSWORD_${next(9)}`.replace(/_\d$/, ''),
  () => `password=\${PASSWORD} api_key=<your key ${next(99)}>`,
  () => `"password": "******", "try": ${next(99)}`,
  () => `token_type=bearer expires_in=${next(9000)}`,
  () => `grant_type=password scope=${some(lower, 6)}`,
  () => `12 passed, ${next(99)} failed, pass: ${next(99)}`,
  () => `author: ${some(lower, 6)} authority: ${some(lower, 6)}.example`,
  () => `cookie policy accepted by ${next(9000)} users`,
  () => `metadata.uid: ${uuid()}`,
  () => `AKIAN ${some(upper, 8)} is a place`,
  () => `asian-${some(lower, 5)}-1 akita-${some(lower, 4)}`,
  () => `task-${some(lower, 6)}-runner and disk-${some(hex, 20)}`,
  () => `keyspace hits ${next(9000)}, evicted_keys:${next(9000)}`,
  () => `public_key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${some(`${word}+/`, 43)}`,
  () => `-----BEGIN CERTIFICATE-----\nMIIB${some(`${word}+/`, 60)}\n-----END CERTIFICATE-----`,
  () => `primary key (id, ${some(lower, 5)}_key)`,
  () => `resourceVersion: "${some(digits, 9)}"`,
  () => `npm_lifecycle_event=${some(lower, 5)} npm_config_cache=/tmp/${some(lower, 5)}`,
]

/** Texts without a secret that look as if they held one. */
export const negatives: readonly string[] = lookAlikes.flatMap((make) => Array.from({ length: 11 }, () => make()))
