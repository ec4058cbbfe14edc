import { z } from 'zod'
import { type GraphEnvironment, type GraphSettings, graphSettings } from './graph-settings.js'
import { type Webhook, readWebhooks } from './webhook-settings.js'

/** What Winnow writes outside: nothing, nothing but what it would write (into the history), or all that is decided. */
export const writeBackModes = ['off', 'dry-run', 'on'] as const

/** One of them. */
export type WriteBackMode = (typeof writeBackModes)[number]

/** The products that verdicts can be written to. */
export type WriteBackTarget = 'graph' | 'graph-incidents' | 'cloud-apps' | 'defender-for-cloud' | 'sentinel'

/** Where verdicts are written, and how; what is off is left out. */
export type WriteBackSettings = {
  readonly modes: Readonly<Partial<Record<WriteBackTarget, 'dry-run' | 'on'>>>
  /** How Winnow signs in to Graph and to Azure. */
  readonly graph: GraphSettings
  /** Where the REST interface of Defender for Cloud Apps is; its token. */
  readonly cloudApps: { readonly url: string; readonly token: string } | null
  readonly webhooks: readonly Webhook[]
}

const mode = z.enum(writeBackModes, 'must be off, dry-run or on').default('off')

/** The settings it is read from, each checked by itself. */
export const writeBackShape = {
  WRITE_BACK_GRAPH: mode,
  WRITE_BACK_GRAPH_INCIDENTS: mode,
  WRITE_BACK_CLOUD_APPS: mode,
  WRITE_BACK_DEFENDER_FOR_CLOUD: mode,
  WRITE_BACK_SENTINEL: mode,
  CLOUD_APPS_URL: z
    .string()
    .regex(
      /^https:\/\/[\w.-]+$/,
      'must be the address of your Defender for Cloud Apps, such as https://contoso.eu2.portal.cloudappsecurity.com',
    )
    .optional(),
  CLOUD_APPS_TOKEN: z.string().optional(),
  WEBHOOKS: z.string().optional(),
  WEBHOOK_SECRETS: z.string().optional(),
} as const

/** The same, read. */
export type WriteBackEnvironment = GraphEnvironment & {
  readonly [name in Extract<keyof typeof writeBackShape, `WRITE_BACK_${string}`>]: WriteBackMode
} & {
  readonly [name in Exclude<keyof typeof writeBackShape, `WRITE_BACK_${string}`>]?: string | undefined
}

/** Null when everything is off, so that nothing of it need be loaded. */
export const writeBackSettings = (env: WriteBackEnvironment): WriteBackSettings | null => {
  const modes = Object.fromEntries(Object.entries(modesIn(env)).filter(([, one]) => one !== 'off'))
  const { webhooks } = readWebhooks(env)
  const { CLOUD_APPS_URL: url, CLOUD_APPS_TOKEN: token } = env
  if (Object.keys(modes).length === 0 && webhooks.length === 0) return null
  const cloudApps = url === undefined || token === undefined ? null : { url, token }
  return { modes, graph: graphSettings(env), cloudApps, webhooks }
}

/** True when something needs a sign-in to Graph or Azure. */
export const needsGraph = (env: WriteBackEnvironment): boolean => {
  const { 'cloud-apps': _, ...others } = modesIn(env)
  return Object.values(others).some((one) => one !== 'off')
}

/** What else keeps Winnow from writing, each with what to set. */
export const writeBackProblems = (env: WriteBackEnvironment): readonly string[] => {
  const { 'cloud-apps': cloudApps } = modesIn(env)
  return [
    ...(cloudApps !== 'off' && env.CLOUD_APPS_URL === undefined
      ? ['CLOUD_APPS_URL: must be set when WRITE_BACK_CLOUD_APPS is on or dry-run']
      : []),
    ...(cloudApps !== 'off' && env.CLOUD_APPS_TOKEN === undefined
      ? ['CLOUD_APPS_TOKEN: must be set when WRITE_BACK_CLOUD_APPS is on or dry-run']
      : []),
    ...readWebhooks(env).problems,
  ]
}

const modesIn = (env: WriteBackEnvironment): Readonly<Record<WriteBackTarget, WriteBackMode>> => ({
  graph: env.WRITE_BACK_GRAPH,
  'graph-incidents': env.WRITE_BACK_GRAPH_INCIDENTS,
  'cloud-apps': env.WRITE_BACK_CLOUD_APPS,
  'defender-for-cloud': env.WRITE_BACK_DEFENDER_FOR_CLOUD,
  sentinel: env.WRITE_BACK_SENTINEL,
})
