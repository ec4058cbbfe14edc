import { accessSync, constants, existsSync, mkdirSync } from 'node:fs'
import { z } from 'zod'
import { Fault } from '../triage/fault.js'
import { appProblems } from './app-problems.js'
import { type IntakeKey, readIntakeKeys } from './intake-keys.js'

/** Everything that can be set, checked; see .env.example for the variables. */
export type Config = {
  readonly host: string
  readonly port: number
  readonly store: 'lowdb' | 'memory'
  readonly dataFolder: string
  /** How Winnow proves itself to Teams; null in local mode. */
  readonly app: App | null
  readonly intakeKeys: readonly IntakeKey[]
  readonly directoryFile: string | null
  readonly confirmationHours: number
  readonly playgroundPort: number
  readonly logLevel: string
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
export const readEnvironment = (): Config => {
  if (existsSync('.env')) process.loadEnvFile('.env')
  return readConfig(process.env)
}

/**
 * Check an environment.
 *
 * Fault `config/invalid` lists everything that is wrong at once, each with what to set. The data folder is made when it is missing.
 */
export const readConfig = (env: NodeJS.ProcessEnv): Config => {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const { success, data, error } = environment.safeParse(given)
  if (!success) throw invalid(error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`))
  const keys = readIntakeKeys(data.INTAKE_KEYS ?? '')
  const problems = [
    ...appProblems(data),
    ...keys.problems.map((problem) => `INTAKE_KEYS: ${problem}`),
    ...folderProblems(data.DATA_FOLDER, data.STORE),
  ]
  if (problems.length > 0) throw invalid(problems)
  const app = appOf(data)
  return {
    host: app ? (data.HOST ?? '0.0.0.0') : '127.0.0.1',
    port: data.PORT,
    store: data.STORE,
    dataFolder: data.DATA_FOLDER,
    app,
    intakeKeys: keys.keys,
    directoryFile: data.DIRECTORY_FILE ?? null,
    confirmationHours: data.CONFIRMATION_HOURS,
    playgroundPort: data.PLAYGROUND_PORT,
    logLevel: data.LOG_LEVEL,
    surroundings: Object.fromEntries(Object.entries(env).filter(([name]) => !/^(MICROSOFT_APP_|INTAKE_)/.test(name))),
  }
}

const guid = z.guid('must be a GUID, as the Entra admin center shows it')
const port = z.coerce.number('must be a number').int().min(1, 'must be 1 to 65535').max(65_535, 'must be 1 to 65535')

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
      'must be SingleTenant or UserAssignedMSI (multi-tenant bots are not made any more)',
    )
    .default('SingleTenant'),
  INTAKE_KEYS: z.string().optional(),
  DIRECTORY_FILE: z.string().optional(),
  CONFIRMATION_HOURS: z.coerce
    .number('must be a number of hours')
    .min(0.01, 'must be more than 0 hours')
    .max(720, 'must be at most 720 hours')
    .default(24),
  PLAYGROUND_PORT: port.default(56_150),
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

const folderProblems = (folder: string, store: string): readonly string[] => {
  if (store === 'memory') return []
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    return []
  } catch (error) {
    return [
      `DATA_FOLDER: ${folder} can't be read and written (${error instanceof Error && 'code' in error ? String(error.code) : String(error)}); make it the service's own`,
    ]
  }
}

const invalid = (problems: readonly string[]): Fault =>
  new Fault(
    'config/invalid',
    `Winnow does not start half-configured. Set these in the environment or in .env (.env.example explains each):\n${problems
      .map((problem) => `  - ${problem}`)
      .join('\n')}`,
  )
