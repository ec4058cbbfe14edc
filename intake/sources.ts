/** The sources that a path or a key can be bound to: each has its own readers. */
export const sourceNames = [
  'defender-for-cloud',
  'graph',
  'cloud-apps',
  'office-365',
  'sentinel',
  'azure-monitor',
  'defender-xdr',
  'winnow',
] as const

/** A source that a path or a key can be bound to. */
export type SourceName = (typeof sourceNames)[number]

/** True for the name of a source. */
export const isSourceName = (name: string): name is SourceName => sourceNames.some((source) => source === name)
