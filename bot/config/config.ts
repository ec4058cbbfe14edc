import { existsSync } from 'node:fs'
import { z } from 'zod'
import { zoneNamed, utc } from '../../dialogs/time.js'
import { type Severity, severities } from '../../triage/alert.js'
import { Fault } from '../../triage/fault.js'
import { appProblems } from './app-problems.js'
import { fileProblems } from './file-problems.js'
import { type IntakeProofs, readIntakeProofs } from '../http/intake-callers.js'
import { type GraphSettings, graphProblems, graphSettings } from './graph-settings.js'
import { type ManagerSettings, managerEnvironment, managerSettings, managersNeedGraph } from './manager-settings.js'
import { type IntakeKey, readIntakeKeys } from '../http/intake-keys.js'
import {
  type WriteBackSettings,
  needsGraph,
  writeBackProblems,
  writeBackSettings,
  writeBackShape,
} from './write-back-settings.js'

/** Everything that can be set, checked; see .env.example for the variables. */
export type Config = {
  readonly host: string
  readonly port: number
  readonly store: 'lowdb' | 'memory'
  readonly dataFolder: string
  /** How Winnow proves itself to Teams; null in local mode. */
  readonly app: App | null
  readonly intakeKeys: readonly IntakeKey[]
  /** How senders may prove themselves beside keys; left out where nothing else is switched on. */
  readonly intakeProofs?: IntakeProofs
  /** Object ids of the analysts who are leads, in lower case. */
  readonly leads: readonly string[]
  readonly directoryFile: string | null
  /** The files that say how long what may last, and who is on call when; null, or left out, for what is usual, and for no rota. */
  readonly clocksFile?: string | null
  readonly rotaFile?: string | null
  /** The folder with the registers of networks, tests, people and so on; null for `registers` in the data folder, or in local mode for the samples. */
  readonly registersFolder: string | null
  /** How managers are found and asked; left out, by the file and without limits. */
  readonly managers?: ManagerSettings
  readonly confirmationHours: number
  /** For so many days after its last one, a journey that a manager confirmed is still told of. */
  readonly travelDays: number
  /** After so many equal benign verdicts about one thing a closed case proposes a register entry; 0 for never. */
  readonly proposeAfter: number
  /** The time zone of channel cards, and of people whose client tells none; a name that `zoneNamed` gave. */
  readonly timeZone: string
  /** The language of channels where no one chose another, and of people whose client tells none that Winnow speaks; English if left out. */
  readonly language?: string
  /** Alerts of one kind share a card when they occurred within so many minutes of one another; 0 for never. */
  readonly groupMinutes: number
  /** Which buttons cards have: `execute` with a `submit` to fall back on, or `submit` alone. */
  readonly cardActions: 'execute' | 'submit'
  /** How many days after a case was closed its personal data is removed; left out or null to keep it. */
  readonly retentionDays?: number | null
  readonly playgroundPort: number
  /** More new cases than this for one channel within so many minutes are a storm; with 0 there is none. */
  readonly stormCases: number
  readonly stormMinutes: number
  readonly logLevel: string
  /** Winnow fetches alerts itself, with so many milliseconds between two looks; null when they are sent to it. */
  readonly pull: { readonly graph: GraphSettings; readonly everyMs: number } | null
  /** Winnow looks up with Graph what checks name; left out or null when it does not. Times in milliseconds. */
  readonly lookUps?: {
    readonly graph: GraphSettings
    readonly atOnce: Severity | null
    readonly perMinute: number
    readonly timeoutMs: number
  } | null
  /** What Winnow may do by itself where a guide recommends it; left out or null for nothing. */
  readonly responses?: {
    readonly graph: GraphSettings
    readonly mode: 'dry-run' | 'on'
    /** How long a second person has to approve, in minutes. */
    readonly approvalMinutes: number
  } | null
  /** What is told outside; left out when nothing is. */
  readonly writeBack?: WriteBackSettings
  /** What a child process may inherit: the environment without our secrets. */
  readonly surroundings: NodeJS.ProcessEnv
}

/** A bot registration; a managed identity has no password. */
export type App = {
  readonly id: string
  readonly password: string
  readonly tenantId: string
  readonly type: 'SingleTenant' | 'UserAssignedMSI'
}

/** The configuration of this process: its environment, and `.env` in the working folder for what is not set there. */
export const readEnvironment = (): Config => readConfig(readSurroundings())

/** The environment of this process, unchecked, and `.env` in the working folder for what is not set there. */
export const readSurroundings = (): NodeJS.ProcessEnv => {
  if (existsSync('.env')) process.loadEnvFile('.env')
  return process.env
}

/**
 * Check an environment.
 *
 * Fault `config/invalid` lists everything that is wrong at once, each with what to set. The data folder is made when it is missing.
 */
export const readConfig = (env: NodeJS.ProcessEnv): Config => {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const shape = environment.safeParse(given)
  const wrong = new Map((shape.error?.issues ?? []).map(({ path, message }) => [path.join('.'), message]))
  // What is wrong by itself counts as left out, so that the rest can be checked as well.
  const data = environment.parse(Object.fromEntries(Object.entries(given).filter(([name]) => !wrong.has(name))))
  const keys = readIntakeKeys(data.INTAKE_KEYS ?? '')
  const callers = readIntakeProofs(
    data,
    keys.keys.map(({ name }) => name),
  )
  const { MICROSOFT_APP_ID, MICROSOFT_APP_TENANT_ID } = given
  const problems = [
    ...[...wrong].map(([name, message]) => `${name}: ${message}`),
    ...appProblems({ ...data, MICROSOFT_APP_ID, MICROSOFT_APP_TENANT_ID }),
    ...keys.problems.map((problem) => `INTAKE_KEYS: ${problem}`),
    ...callers.problems,
    ...fileProblems(data),
    ...(data.PULL_ALERTS !== undefined ||
    data.LOOK_UPS !== undefined ||
    needsGraph(data) ||
    data.RESPONSE_ACTIONS !== 'off' ||
    managersNeedGraph(data)
      ? graphProblems(data)
      : []),
    ...writeBackProblems(data),
  ]
  if (problems.length > 0) throw invalid(problems)
  const app = appOf(data)
  const written = writeBackSettings(data)
  return {
    host: app ? (data.HOST ?? '0.0.0.0') : '127.0.0.1',
    port: data.PORT,
    store: data.STORE,
    dataFolder: data.DATA_FOLDER,
    app,
    intakeKeys: keys.keys,
    ...(Object.values(callers.proofs).some((one) => one !== null) && { intakeProofs: callers.proofs }),
    leads: data.LEADS,
    directoryFile: data.DIRECTORY_FILE ?? null,
    clocksFile: data.CLOCKS_FILE ?? null,
    rotaFile: data.ROTA_FILE ?? null,
    registersFolder: data.REGISTERS_FOLDER ?? null,
    managers: managerSettings(data),
    confirmationHours: data.CONFIRMATION_HOURS,
    travelDays: data.TRAVEL_DAYS,
    proposeAfter: data.PROPOSE_AFTER,
    timeZone: data.TIME_ZONE,
    ...(data.LANGUAGE !== undefined && { language: data.LANGUAGE }),
    groupMinutes: data.GROUP_MINUTES,
    cardActions: data.CARD_ACTIONS,
    retentionDays: data.RETENTION_DAYS ?? null,
    playgroundPort: data.PLAYGROUND_PORT,
    stormCases: data.STORM_CASES,
    stormMinutes: data.STORM_MINUTES,
    logLevel: data.LOG_LEVEL,
    pull: data.PULL_ALERTS === undefined ? null : { graph: graphSettings(data), everyMs: data.PULL_SECONDS * 1000 },
    ...(data.LOOK_UPS !== undefined && {
      lookUps: {
        graph: graphSettings(data),
        atOnce: data.LOOK_UPS_AT_ONCE === 'never' ? null : data.LOOK_UPS_AT_ONCE,
        perMinute: data.LOOK_UPS_PER_MINUTE,
        timeoutMs: data.LOOK_UP_SECONDS * 1000,
      },
    }),
    ...(data.RESPONSE_ACTIONS !== 'off' && {
      responses: {
        graph: graphSettings(data),
        mode: data.RESPONSE_ACTIONS,
        approvalMinutes: data.RESPONSE_APPROVAL_MINUTES,
      },
    }),
    ...(written && { writeBack: written }),
    surroundings: Object.fromEntries(
      Object.entries(env).filter(([name]) => !/^(MICROSOFT_APP_|INTAKE_|GRAPH_|CLOUD_APPS_|WEBHOOK)/.test(name)),
    ),
  }
}

const notAZone = (context: z.RefinementCtx): never => {
  context.addIssue({ code: 'custom', message: 'must be the name of a time zone, such as Europe/Stockholm or UTC' })
  return z.NEVER
}

const guid = z.guid('must be a GUID, as the Entra admin center shows it')
const range = 'must be a whole number, 1 to 65535'
const port = z.coerce.number(range).int(range).min(1, range).max(65_535, range)

const window = 'must be a whole number of seconds, 30 to 3600'

const retention = 'must be a whole number of days, 31 or more; leave it out to keep everything'

const environment = z.object({
  NODE_ENV: z.string().optional(),
  HOST: z.string().optional(),
  PORT: port.default(3978),
  STORE: z.enum(['lowdb', 'memory'], 'is not a store Winnow knows; set it to lowdb, or leave it out').default('lowdb'),
  DATA_FOLDER: z.string().default('./data'),
  MICROSOFT_APP_ID: guid.optional(),
  MICROSOFT_APP_PASSWORD: z.string().optional(),
  MICROSOFT_APP_TENANT_ID: guid.optional(),
  MICROSOFT_APP_TYPE: z
    .enum(
      ['SingleTenant', 'UserAssignedMSI'],
      'must be SingleTenant or UserAssignedMSI (Azure no longer creates multitenant bots)',
    )
    .default('SingleTenant'),
  INTAKE_KEYS: z.string().optional(),
  INTAKE_ENTRA_CALLERS: z.string().optional(),
  INTAKE_ENTRA_AUDIENCE: z.string().optional(),
  INTAKE_ENTRA_TENANT_ID: guid.optional(),
  INTAKE_SIGNING_KEYS: z.string().optional(),
  INTAKE_SIGNATURE_SECONDS: z.coerce.number(window).int(window).min(30, window).max(3600, window).default(300),
  LEADS: z
    .string()
    .default('')
    .transform((text) => [...new Set(text.toLowerCase().match(/[^\s,;]+/g))])
    .refine(
      (ids) => ids.every((one) => guid.safeParse(one).success),
      'must be Entra object ids of people (GUIDs), separated by commas; for a group, those of its members',
    ),
  DIRECTORY_FILE: z.string().optional(),
  CLOCKS_FILE: z.string().optional(),
  ROTA_FILE: z.string().optional(),
  REGISTERS_FOLDER: z.string().optional(),
  ...managerEnvironment,
  CONFIRMATION_HOURS: z.coerce
    .number('must be a number of hours')
    .min(0.01, 'must be more than 0 hours')
    .max(720, 'must be at most 720 hours')
    .default(24),
  PROPOSE_AFTER: z.coerce
    .number('must be a whole number, 0 for never')
    .int('must be a whole number, 0 for never')
    .min(0, 'must be a whole number, 0 for never')
    .max(100, 'must be at most 100')
    .default(3),
  TRAVEL_DAYS: z.coerce
    .number('must be a whole number of days')
    .int('must be a whole number of days')
    .min(0, 'must be at least 0 days')
    .max(365, 'must be at most 365 days')
    .default(30),
  TIME_ZONE: z
    .string()
    .default(utc)
    .transform((text, context) => zoneNamed(text) ?? notAZone(context)),
  LANGUAGE: z.enum(['en', 'nl', 'sv'], 'must be en, nl, or sv').optional(),
  GROUP_MINUTES: z.coerce
    .number('must be a number of minutes')
    .min(0, 'must be at least 0 minutes; 0 gives each alert a card of its own')
    .max(240, 'must be at most 240 minutes')
    .default(30),
  CARD_ACTIONS: z.enum(['execute', 'submit'], 'must be execute or submit').default('execute'),
  RETENTION_DAYS: z.coerce.number(retention).int(retention).min(31, retention).max(36_500, retention).optional(),
  PLAYGROUND_PORT: port.default(56_150),
  STORM_CASES: z.coerce
    .number('must be a whole number, 0 for never')
    .int('must be a whole number, 0 for never')
    .min(0, 'must be a whole number, 0 for never')
    .max(10_000, 'must be at most 10000')
    .default(30),
  STORM_MINUTES: z.coerce
    .number('must be a number of minutes')
    .min(0.1, 'must be at least 0.1 minutes')
    .max(1440, 'must be at most 1440 minutes')
    .default(5),
  PULL_ALERTS: z.enum(['graph'], 'must be graph, or left out').optional(),
  PULL_SECONDS: z.coerce
    .number('must be a number of seconds')
    .min(10, 'must be at least 10 seconds')
    .max(3600, 'must be at most 3600 seconds')
    .default(60),
  LOOK_UPS: z.enum(['graph'], 'must be graph, or left out').optional(),
  LOOK_UPS_AT_ONCE: z
    .enum([...severities, 'never'], 'must be informational, low, medium, high or never')
    .default('high'),
  LOOK_UPS_PER_MINUTE: z.coerce
    .number('must be a whole number, 1 to 45')
    .int('must be a whole number, 1 to 45')
    .min(1, 'must be a whole number, 1 to 45')
    .max(45, 'must be a whole number, 1 to 45')
    .default(30),
  LOOK_UP_SECONDS: z.coerce
    .number('must be a number of seconds')
    .min(1, 'must be at least 1 second')
    .max(180, 'must be at most 180 seconds')
    .default(30),
  RESPONSE_ACTIONS: z.enum(['off', 'dry-run', 'on'], 'must be off, dry-run, or on').default('off'),
  RESPONSE_APPROVAL_MINUTES: z.coerce
    .number('must be a number of minutes')
    .min(1, 'must be at least 1 minute')
    .max(1440, 'must be at most 1440 minutes')
    .default(30),
  GRAPH_CLIENT_ID: guid.optional(),
  GRAPH_TENANT_ID: guid.optional(),
  GRAPH_CLIENT_SECRET: z.string().optional(),
  GRAPH_CERTIFICATE_FILE: z.string().optional(),
  GRAPH_CLOUD: z
    .enum(['global', 'us-government', 'us-dod', 'china'], 'must be global, us-government, us-dod or china')
    .default('global'),
  ...writeBackShape,
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], 'must be fatal, error, warn, info, debug or silent')
    .default('info'),
})

type Environment = z.output<typeof environment>

const appOf = (data: Environment): App | null =>
  data.MICROSOFT_APP_ID === undefined
    ? null
    : {
        id: data.MICROSOFT_APP_ID,
        password: data.MICROSOFT_APP_PASSWORD ?? '',
        tenantId: data.MICROSOFT_APP_TENANT_ID ?? '',
        type: data.MICROSOFT_APP_TYPE,
      }

const invalid = (problems: readonly string[]): Fault =>
  new Fault(
    'config/invalid',
    `Winnow can't start until these settings are corrected, in the environment or in .env (see .env.example):\n${problems
      .map((problem) => `  - ${problem}`)
      .join('\n')}`,
  )
