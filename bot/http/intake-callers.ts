import { type KeyObject, createSecretKey } from 'node:crypto'
import { isGuid } from '../../triage/guid.js'
import { type SourceName, isSourceName, sourceNames } from '../../intake/sources.js'

/** Who may send alerts, as the log names them; one with a source is for that source alone. */
export type IntakeCaller = { readonly name: string; readonly source?: SourceName }

/** An app of Entra ID, or a managed identity, that may send alerts with access tokens. */
export type EntraCaller = IntakeCaller & { readonly clientId: string }

/** Whose access tokens are taken: of that tenant, for one of those audiences. Ids are in lower case. */
export type Entra = {
  readonly tenantId: string
  readonly audiences: readonly string[]
  readonly callers: readonly EntraCaller[]
}

/** A sender that signs what it sends, with a secret that both sides know. */
export type SigningCaller = IntakeCaller & { readonly secret: KeyObject }

/** Whose signatures are taken, and how many seconds a signed request may be old, or ahead of our clock. */
export type Signing = { readonly callers: readonly SigningCaller[]; readonly seconds: number }

/** How senders may prove themselves beside intake keys; null is switched off. */
export type IntakeProofs = { readonly entra: Entra | null; readonly signing: Signing | null }

/** The settings that say so, as they are given. */
export type ProofSettings = {
  readonly INTAKE_ENTRA_CALLERS?: string | undefined
  readonly INTAKE_ENTRA_AUDIENCE?: string | undefined
  readonly INTAKE_ENTRA_TENANT_ID?: string | undefined
  readonly INTAKE_SIGNING_KEYS?: string | undefined
  readonly INTAKE_SIGNATURE_SECONDS: number
  readonly MICROSOFT_APP_TENANT_ID?: string | undefined
}

/** Read them; every part that is wrong is told with its setting and the remedy, and no secret is repeated. `taken` are names of keys. */
export const readIntakeProofs = (
  settings: ProofSettings,
  taken: readonly string[],
): { readonly proofs: IntakeProofs; readonly problems: readonly string[] } => {
  const apps = partsOf(settings.INTAKE_ENTRA_CALLERS)
  const signers = partsOf(settings.INTAKE_SIGNING_KEYS)
  const audiences = wordsOf(settings.INTAKE_ENTRA_AUDIENCE)
  const tenantId = settings.INTAKE_ENTRA_TENANT_ID ?? settings.MICROSOFT_APP_TENANT_ID
  const ids = apps.map(({ proof }) => proof.toLowerCase())
  const names = [...taken, ...[...apps, ...signers].map(({ name }) => name)]
  const problems = [
    ...[...apps.map(sourceProblem), ...apps.map(appProblem), twice(ids, 'the client id', '')]
      .flat()
      .map((problem) => `INTAKE_ENTRA_CALLERS: ${problem}`),
    ...(apps.length > 0 && audiences.length === 0
      ? ['INTAKE_ENTRA_AUDIENCE: must be set to the application id URI (or client id) that senders ask tokens for']
      : []),
    ...(apps.length > 0 && tenantId === undefined
      ? ['INTAKE_ENTRA_TENANT_ID: must be set to the tenant whose apps may send alerts']
      : []),
    ...(apps.length === 0 && audiences.length > 0
      ? [
          'INTAKE_ENTRA_CALLERS: must name the apps that may send alerts (name:client-id), or leave INTAKE_ENTRA_AUDIENCE out',
        ]
      : []),
    ...[...signers.map(sourceProblem), ...signers.map(signerProblem)]
      .flat()
      .map((problem) => `INTAKE_SIGNING_KEYS: ${problem}`),
    ...twice(names, 'the name', '; each key and each caller has its own').map(
      (problem) => `${signers.length > 0 ? 'INTAKE_SIGNING_KEYS' : 'INTAKE_ENTRA_CALLERS'}: ${problem}`,
    ),
  ]
  if (problems.length > 0) return { proofs: { entra: null, signing: null }, problems }
  return {
    proofs: {
      entra:
        apps.length === 0 || tenantId === undefined
          ? null
          : {
              tenantId: tenantId.toLowerCase(),
              audiences: audiences.map((one) => one.toLowerCase()),
              callers: apps.map((app) => ({ ...callerOf(app), clientId: app.proof.toLowerCase() })),
            },
      signing:
        signers.length === 0
          ? null
          : {
              seconds: settings.INTAKE_SIGNATURE_SECONDS,
              callers: signers.map((one) => ({ ...callerOf(one), secret: createSecretKey(one.proof, 'utf8') })),
            },
    },
    problems: [],
  }
}

type Part = { readonly at: number; readonly name: string; readonly source: string | undefined; readonly proof: string }

const wordsOf = (text: string | undefined): readonly string[] =>
  (text ?? '').split(/[\s,]+/).filter((word) => word !== '')

/** `name:proof` or `name@source:proof`; names count in lower case, as those of keys do. */
const partsOf = (text: string | undefined): readonly Part[] =>
  wordsOf(text).map((word, index) => {
    const [, name = '', source, proof = ''] = /^([a-z0-9-]{1,40})(?:@([a-z0-9-]{1,40}))?:(.*)$/i.exec(word) ?? []
    return { at: index + 1, name: name.toLowerCase(), source: source?.toLowerCase(), proof }
  })

const callerOf = ({ name, source }: Part): IntakeCaller => ({
  name,
  ...(source !== undefined && isSourceName(source) && { source }),
})

const sourceProblem = ({ at, source }: Part): readonly string[] =>
  source === undefined || isSourceName(source)
    ? []
    : [`caller ${at} is for a source that doesn't exist; the sources are ${sourceNames.join(', ')}`]

const appProblem = ({ at, name, proof }: Part): readonly string[] =>
  name !== '' && isGuid(proof)
    ? []
    : [`caller ${at} must be name:client-id with the client id (a GUID) of the app or the managed identity`]

const signerProblem = ({ at, name, proof }: Part): readonly string[] =>
  name !== '' && /^[\w+/=.~-]{32,512}$/.test(proof)
    ? []
    : [
        `key ${at} must be name:secret with a secret of at least 32 letters, digits and "-_+/=.~"; ` +
          '`npm run key -- NAME --signing` makes one',
      ]

const twice = (values: readonly string[], what: string, remedy: string): readonly string[] => [
  ...new Set(
    values
      .filter((value, index) => value !== '' && values.indexOf(value) < index)
      .map((value) => `${what} ${value} is used twice${remedy}`),
  ),
]
