import { type KeyObject, createSecretKey } from 'node:crypto'

/** Where verdicts are sent, and what they are signed with. */
export type Webhook = { readonly name: string; readonly url: string; readonly secret: KeyObject }

/** Read them; every part that is wrong is told with its setting and the remedy, and no secret is repeated. */
export const readWebhooks = (settings: {
  readonly WEBHOOKS?: string | undefined
  readonly WEBHOOK_SECRETS?: string | undefined
}): { readonly webhooks: readonly Webhook[]; readonly problems: readonly string[] } => {
  const places = partsOf(settings.WEBHOOKS, '=')
  const secrets = partsOf(settings.WEBHOOK_SECRETS, ':')
  const problems = [
    ...places.flatMap(({ name, value }, at) => [
      ...(isName(name)
        ? []
        : [`WEBHOOKS: part ${at + 1} must be name=https://…, its name of small letters, digits and -`]),
      ...(places.findIndex((one) => one.name === name) === at ? [] : [`WEBHOOKS: the name ${name} is there twice`]),
      ...(isUrl(value) ? [] : [`WEBHOOKS: the address of part ${at + 1} must begin with https://`]),
      ...(secrets.some((one) => one.name === name)
        ? []
        : [`WEBHOOK_SECRETS: must have a secret for part ${at + 1} of WEBHOOKS (name:secret)`]),
    ]),
    ...secrets.flatMap(({ name, value }, at) => [
      ...(value.length >= 32 ? [] : [`WEBHOOK_SECRETS: the secret of part ${at + 1} must have 32 characters or more`]),
      ...(places.some((one) => one.name === name)
        ? []
        : [`WEBHOOK_SECRETS: part ${at + 1} belongs to none of WEBHOOKS; write name:secret with a name from there`]),
    ]),
  ]
  const webhooks = places.flatMap(({ name, value: url }) =>
    secrets
      .filter((one) => one.name === name)
      .slice(0, 1)
      .map(({ value }) => ({ name, url, secret: createSecretKey(Buffer.from(value, 'utf8')) })),
  )
  return { webhooks: problems.length > 0 ? [] : webhooks, problems }
}

const partsOf = (text = '', sign: string): readonly { readonly name: string; readonly value: string }[] =>
  (text.match(/[^\s,]+/g) ?? []).map((part) => {
    const at = part.indexOf(sign)
    return at < 0 ? { name: '', value: '' } : { name: part.slice(0, at), value: part.slice(at + 1) }
  })

const isName = (name: string): boolean => /^[a-z0-9][a-z0-9-]{0,39}$/.test(name)

/** Without TLS only to the same machine. */
const isUrl = (text: string): boolean => {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, username, password } = new URL(text)
  const isSafe =
    protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname))
  return isSafe && username === '' && password === ''
}
