import { endOf, type Secret } from './mark.ts'

/** A token that its maker gave a form which nothing else has. */
interface Shape {
  readonly rule: string
  /** How it begins, in lower case: what is looked for before the whole form is tried. */
  readonly begins: readonly string[]
  readonly form: RegExp
  /** Begins so plainly that it must not stand inside a longer word. */
  readonly alone?: true
}

/*
 * Forms as their makers publish them: GitHub (docs.github.com, "About authentication to GitHub", token formats), GitLab
 * (docs.gitlab.com, "Token overview", prefixes), Slack (docs.slack.dev, "Tokens"), AWS (docs.aws.amazon.com, IAM
 * identifiers, unique ID prefixes), Google (cloud.google.com, API keys, and "GOCSPX-" of OAuth clients), Stripe
 * (docs.stripe.com/keys), HashiCorp Vault (developer.hashicorp.com, "Tokens", hvs./hvb./hvr.), npm (docs.npmjs.com),
 * PyPI (macaroons in base64), Docker Hub, DigitalOcean, Grafana, SendGrid, Twilio, OpenAI, Hugging Face, Databricks, New
 * Relic, Atlassian, Shopify, Telegram and age, as of 2026.
 */
const shapes: readonly Shape[] = [
  { rule: 'github token', begins: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'], form: /gh[pousr]_[A-Za-z0-9]{30,}/y },
  { rule: 'github token', begins: ['github_pat_'], form: /github_pat_[A-Za-z0-9_]{22,}/y },
  {
    rule: 'gitlab token',
    begins: [
      'glpat-',
      'gldt-',
      'glrt-',
      'glrtr-',
      'glcbt-',
      'glptt-',
      'glft-',
      'glimt-',
      'glagent-',
      'glsoat-',
      'gloas-',
    ],
    form: /gl[a-z]{2,5}-[A-Za-z0-9_.-]{18,}/y,
  },
  {
    rule: 'slack token',
    begins: Array.from('abceoprs', (letter) => [`xox${letter}-`, `xox${letter}.`]).flat(),
    form: /xox[abceoprs](?:\.xox[bp])?-[A-Za-z0-9-]{10,}/y,
  },
  { rule: 'slack token', begins: ['xapp-'], form: /xapp-\d-[A-Za-z0-9-]{10,}/y },
  {
    rule: 'aws key',
    begins: ['akia', 'asia', 'abia', 'acca'],
    form: /(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Za-z0-9])/y,
    alone: true,
  },
  { rule: 'gcp key', begins: ['aiza'], form: /AIza[A-Za-z0-9_-]{35}/y },
  { rule: 'gcp key', begins: ['gocspx-'], form: /GOCSPX-[A-Za-z0-9_-]{20,}/y },
  { rule: 'gcp key', begins: ['ya29.'], form: /ya29\.[A-Za-z0-9_-]{20,}/y, alone: true },
  {
    rule: 'azure key',
    begins: ['accountkey=', 'sharedaccesskey='],
    form: /(?:AccountKey|SharedAccessKey)=[A-Za-z0-9+/]{30,}={0,2}/iy,
  },
  {
    rule: 'stripe key',
    begins: ['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_'],
    form: /[sr]k_(?:live|test)_[A-Za-z0-9]{10,}/y,
  },
  { rule: 'webhook secret', begins: ['whsec_'], form: /whsec_[A-Za-z0-9+/=]{16,}/y },
  { rule: 'vault token', begins: ['hvs.', 'hvb.', 'hvr.'], form: /hv[sbr]\.[A-Za-z0-9_-]{20,}/y, alone: true },
  { rule: 'npm token', begins: ['npm_'], form: /npm_[A-Za-z0-9]{36}/y, alone: true },
  { rule: 'pypi token', begins: ['pypi-'], form: /pypi-AgE[A-Za-z0-9_-]{40,}/y },
  { rule: 'docker token', begins: ['dckr_'], form: /dckr_(?:pat|oat)_[A-Za-z0-9_-]{20,}/y },
  { rule: 'digitalocean token', begins: ['dop_v1_', 'doo_v1_', 'dor_v1_'], form: /do[por]_v1_[a-f0-9]{64}/y },
  { rule: 'grafana token', begins: ['glsa_', 'glc_'], form: /gl(?:sa|c)_[A-Za-z0-9+/=_]{24,}/y },
  {
    rule: 'sendgrid key',
    begins: ['sg.'],
    form: /SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/y,
    alone: true,
  },
  { rule: 'openai key', begins: ['sk-'], form: /sk-(?:proj-|ant-|svcacct-|admin-)?[A-Za-z0-9_-]{20,}/y, alone: true },
  { rule: 'hugging face token', begins: ['hf_'], form: /hf_[A-Za-z0-9]{30,}/y, alone: true },
  { rule: 'databricks token', begins: ['dapi'], form: /dapi[a-f0-9]{32}(?:-\d)?/y, alone: true },
  {
    rule: 'new relic key',
    begins: ['nrak-', 'nrii-', 'nrjs-'],
    form: /NR(?:AK|II|JS)-[A-Za-z0-9_-]{19,}/y,
    alone: true,
  },
  { rule: 'atlassian token', begins: ['atatt3x', 'atctt3x'], form: /AT[AC]TT3x[A-Za-z0-9_=-]{20,}/y },
  {
    rule: 'shopify token',
    begins: ['shpat_', 'shpca_', 'shppa_', 'shpss_'],
    form: /shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}/y,
  },
  { rule: 'age key', begins: ['age-secret-key-1'], form: /AGE-SECRET-KEY-1[A-Z0-9]{58}/iy },
]

const byBeginning: ReadonlyMap<string, Shape> = new Map(
  shapes.flatMap((shape) => shape.begins.map((begin): [string, Shape] => [begin, shape])),
)

/** How known tokens begin, in lower case; a text without any of these holds none. */
export const tokenBeginnings: readonly string[] = Array.from(byBeginning.keys())

const wordCharacter = /[A-Za-z0-9_]/

/** The known token that begins at `at`, where `beginning` (in lower case) stands. */
export function tokenAt(text: string, at: number, beginning: string): Secret | null {
  const shape = byBeginning.get(beginning)
  if (shape === undefined) return null
  if (shape.alone === true && at > 0 && wordCharacter.test(text.charAt(at - 1))) return null
  const to = endOf(shape.form, text, at)
  return to > at ? { from: at, to, rule: shape.rule } : null
}
