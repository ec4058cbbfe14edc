import { z } from 'zod'
import { type GraphEnvironment, type GraphSettings, graphSettings } from './graph-settings.js'

/** How managers are found and asked. */
export type ManagerSettings = {
  /** Where it is known who is whose manager: the directory file, or Microsoft Graph with the file to fall back on. */
  readonly directory: 'file' | 'graph'
  /** How Winnow signs in to Graph; null where nothing here needs it. */
  readonly graph: GraphSettings | null
  /** How long an answer of Graph is good, in minutes. */
  readonly keepMinutes: number
  /** A manager counts as new for so many days; 0 for never. */
  readonly newDays: number
  /** So many questions a day come with a card each; those after that share one. 0 for no limit. */
  readonly dailyQuestions: number
  /** How long the questions that share a card are collected before it is posted, in minutes. */
  readonly collectMinutes: number
  /** The id of Winnow in the organization's app catalog, to install it for managers; null where it is not to be installed. */
  readonly catalogAppId: string | null
}

/** Where nothing is set and nothing limited, as for whoever tries Winnow out. */
export const plainManagers: ManagerSettings = {
  directory: 'file',
  graph: null,
  keepMinutes: 60,
  newDays: 14,
  dailyQuestions: 0,
  collectMinutes: 0,
  catalogAppId: null,
}

const count = 'must be a whole number, 0 for never'
const few = 'must be a number of minutes, 0 to 240'
const minutes = 'must be a whole number of minutes, 1 to 1440'

/** The settings it is read from, each checked by itself. */
export const managerEnvironment = {
  DIRECTORY: z.enum(['file', 'graph'], 'must be file or graph').default('file'),
  DIRECTORY_MINUTES: z.coerce.number(minutes).int(minutes).min(1, minutes).max(1440, minutes).default(60),
  NEW_MANAGER_DAYS: z.coerce.number(count).int(count).min(0, count).max(365, 'must be at most 365 days').default(14),
  MANAGER_QUESTIONS: z.coerce.number(count).int(count).min(0, count).max(100, 'must be at most 100').default(5),
  MANAGER_COLLECT_MINUTES: z.coerce.number(few).min(0, few).max(240, few).default(10),
  TEAMS_CATALOG_APP_ID: z.guid('must be a GUID, as the Teams admin center shows it').optional(),
}

/** The environment that was checked. */
export type ManagerEnvironment = GraphEnvironment & {
  readonly DIRECTORY: ManagerSettings['directory']
  readonly DIRECTORY_MINUTES: number
  readonly NEW_MANAGER_DAYS: number
  readonly MANAGER_QUESTIONS: number
  readonly MANAGER_COLLECT_MINUTES: number
  readonly TEAMS_CATALOG_APP_ID?: string | undefined
}

/** True when managers are found, or Winnow is installed for them, by Graph. */
export const managersNeedGraph = ({ DIRECTORY, TEAMS_CATALOG_APP_ID }: ManagerEnvironment): boolean =>
  DIRECTORY === 'graph' || TEAMS_CATALOG_APP_ID !== undefined

/** Put the settings together. */
export const managerSettings = (env: ManagerEnvironment): ManagerSettings => ({
  directory: env.DIRECTORY,
  graph: managersNeedGraph(env) ? graphSettings(env) : null,
  keepMinutes: env.DIRECTORY_MINUTES,
  newDays: env.NEW_MANAGER_DAYS,
  dailyQuestions: env.MANAGER_QUESTIONS,
  collectMinutes: env.MANAGER_COLLECT_MINUTES,
  catalogAppId: env.TEAMS_CATALOG_APP_ID ?? null,
})
