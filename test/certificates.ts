import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A certificate with its key and the authority that signed it, in a folder as docker names them. */
export interface KeyFolder {
  /** Holds ca.pem, cert.pem and key.pem. */
  readonly folder: string
  readonly ca: string
  readonly cert: string
  readonly key: string
}

/** An authority of the test's own, in a temporary folder that is the test's to remove. */
export interface Authority {
  readonly folder: string
  /** A certificate for these names: 'DNS:localhost', 'IP:127.0.0.1'. */
  issue(
    name: string,
    options: { for: 'server' | 'client'; names?: readonly string[]; expired?: boolean },
  ): Promise<KeyFolder>
}

/** Makes an authority by the openssl command (1.1.1 and 3). */
export async function makeAuthority(): Promise<Authority> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-authority-'))
  const at = (name: string) => join(folder, name)
  await newKey(at('ca-key.pem'))
  const subject = ['-subj', '/CN=Muster test authority']
  await openssl('req', '-x509', '-new', '-key', at('ca-key.pem'), '-days', '2', ...subject, '-out', at('ca.pem'))
  const ca = await readFile(at('ca.pem'), 'utf8')
  // The one command of openssl that takes both dates; it wants a register.
  await writeFile(at('index.txt'), '')
  await writeFile(at('ca.cnf'), registerOf(folder))
  return {
    folder,
    async issue(name, { for: use, names = [], expired = false }) {
      const own = at(name)
      await mkdir(own)
      const [key, request, cert] = [join(own, 'key.pem'), join(own, 'request.pem'), join(own, 'cert.pem')]
      await newKey(key)
      await openssl('req', '-new', '-key', key, '-subj', `/CN=${name}`, '-out', request)
      const uses = `extendedKeyUsage=${use}Auth`
      await writeFile(
        join(own, 'uses.cnf'),
        [uses, ...(names.length === 0 ? [] : [`subjectAltName=${names.join(',')}`])].join('\n'),
      )
      const [from, to] = expired ? [-3, -2] : [-1, 1]
      await openssl(
        ...['ca', '-batch', '-notext', '-config', at('ca.cnf'), '-in', request, '-out', cert],
        ...['-startdate', day(from), '-enddate', day(to), '-extfile', join(own, 'uses.cnf')],
      )
      await writeFile(join(own, 'ca.pem'), ca)
      return { folder: own, ca, cert: await readFile(cert, 'utf8'), key: await readFile(key, 'utf8') }
    },
  }
}

function newKey(file: string): Promise<void> {
  return openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', file)
}

async function openssl(...args: string[]): Promise<void> {
  await run('openssl', args, { timeout: 30_000 })
}

/** So many days from now, as `openssl ca` takes it: 20261121120000Z. */
function day(offset: number): string {
  const at = new Date(Date.now() + offset * 86_400_000).toISOString()
  return `${at.slice(0, 19).replaceAll(/[-T:]/g, '')}Z`
}

function registerOf(folder: string): string {
  return `[ca]
default_ca = test
[test]
database = ${folder}/index.txt
new_certs_dir = ${folder}
rand_serial = yes
certificate = ${folder}/ca.pem
private_key = ${folder}/ca-key.pem
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
`
}
