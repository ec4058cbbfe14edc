/** The settings by which Winnow proves itself to Teams, as they are given. */
export type AppSettings = {
  readonly NODE_ENV?: string | undefined
  readonly STORE: string
  readonly MICROSOFT_APP_ID?: string | undefined
  readonly MICROSOFT_APP_PASSWORD?: string | undefined
  readonly MICROSOFT_APP_TENANT_ID?: string | undefined
  readonly MICROSOFT_APP_TYPE: 'SingleTenant' | 'UserAssignedMSI'
  readonly INTAKE_KEYS?: string | undefined
  readonly INTAKE_ENTRA_CALLERS?: string | undefined
  readonly INTAKE_SIGNING_KEYS?: string | undefined
}

/** What is wrong with them, each with what to set: all credentials, or none; and never none in production. */
export const appProblems = (data: AppSettings): readonly string[] => {
  const { MICROSOFT_APP_ID: id, MICROSOFT_APP_PASSWORD: password, MICROSOFT_APP_TENANT_ID: tenant } = data
  const production = data.NODE_ENV === 'production'
  const started = [id, password, tenant].some((value) => value !== undefined)
  if (!started) {
    return production ? ['MICROSOFT_APP_ID: is required in production; without it, requests are not authenticated'] : []
  }
  const needsPassword = data.MICROSOFT_APP_TYPE === 'SingleTenant'
  return [
    ...(id === undefined ? ['MICROSOFT_APP_ID: must be set together with the other MICROSOFT_APP_ settings'] : []),
    ...(tenant === undefined ? ['MICROSOFT_APP_TENANT_ID: must be set to the tenant whose people may use Winnow'] : []),
    ...(needsPassword && password === undefined
      ? ['MICROSOFT_APP_PASSWORD: must be set, or MICROSOFT_APP_TYPE to UserAssignedMSI']
      : []),
    ...(!needsPassword && password !== undefined
      ? ['MICROSOFT_APP_PASSWORD: must not be set for a managed identity (MICROSOFT_APP_TYPE is UserAssignedMSI)']
      : []),
    ...([data.INTAKE_KEYS, data.INTAKE_ENTRA_CALLERS, data.INTAKE_SIGNING_KEYS].every((one) =>
      /^[\s,]*$/.test(one ?? ''),
    )
      ? ['INTAKE_KEYS: must hold at least one key, or no alert can come in; `npm run key -- NAME` makes one']
      : []),
    ...(production && data.STORE === 'memory'
      ? ['STORE: memory forgets everything at a restart; set it to lowdb']
      : []),
  ]
}
