import type { RecordedVerdict } from './case.js'
import type { VerdictClass } from './guide.js'

/** What a product calls a verdict: by its class, and otherwise for the variants named. */
export type Taxonomy<Words> = {
  readonly classes: Readonly<Record<VerdictClass, Words>>
  /** By the id of a verdict, or `<type of the guide>/<id>` for that guide alone. */
  readonly variants: Readonly<Record<string, Words>>
}

/** What each product calls each verdict. */
export type Taxonomies = {
  readonly 'graph-alerts': Taxonomy<GraphWords>
  readonly 'cloud-apps': Taxonomy<CloudAppsWords>
  readonly 'defender-for-cloud': Taxonomy<DefenderForCloudWords>
  readonly sentinel: Taxonomy<SentinelWords>
}

/** How Microsoft Graph classifies alerts and incidents. */
export type GraphWords = { readonly classification: string; readonly determination: string }

/** By what Defender for Cloud Apps closes an alert, and for which reason; null where it has none. */
export type CloudAppsWords = { readonly close: string; readonly reasonId: number | null }

/** What is done to an alert of Defender for Cloud. */
export type DefenderForCloudWords = { readonly action: string }

/** How Microsoft Sentinel classifies incidents; the reason is null where it has none. */
export type SentinelWords = { readonly classification: string; readonly classificationReason: string | null }

/** What a product calls this verdict of a guide. */
export const wordsFor = <Words>(
  { classes, variants }: Taxonomy<Words>,
  guide: string,
  { verdict, class: verdictClass }: Pick<RecordedVerdict, 'verdict' | 'class'>,
): Words => own(variants, `${guide}/${verdict}`) ?? own(variants, verdict) ?? classes[verdictClass]

const own = <Words>(variants: Readonly<Record<string, Words>>, id: string): Words | undefined =>
  Object.hasOwn(variants, id) ? variants[id] : undefined

/** The determinations that Graph takes for each classification. Its documents name others, which it refuses. */
export const graphPairs: Readonly<Record<string, readonly string[]>> = {
  truePositive: [
    'multiStagedAttack',
    'maliciousUserActivity',
    'compromisedAccount',
    'malware',
    'phishing',
    'unwantedSoftware',
    'other',
  ],
  informationalExpectedActivity: ['securityTesting', 'lineOfBusinessApplication', 'confirmedActivity', 'other'],
  falsePositive: ['notMalicious', 'notEnoughDataToValidate', 'other'],
  unknown: ['unknown'],
}

/** The reasons that Defender for Cloud Apps takes for each way to close an alert. */
export const cloudAppsReasons: Readonly<Record<string, readonly (number | null)[]>> = {
  close_benign: [2, 4, 5, 6],
  close_false_positive: [0, 1, 3, 4],
  close_true_positive: [null],
  /** Nothing is closed there. */
  none: [null],
}

/** What can be done to an alert of Defender for Cloud. */
export const defenderForCloudActions = ['dismiss', 'resolve', 'activate', 'inProgress'] as const

/** The reasons that Microsoft Sentinel takes for each classification. */
export const sentinelReasons: Readonly<Record<string, readonly (string | null)[]>> = {
  TruePositive: ['SuspiciousActivity'],
  BenignPositive: ['SuspiciousButExpected'],
  FalsePositive: ['IncorrectAlertLogic', 'InaccurateData'],
  Undetermined: [null],
}
