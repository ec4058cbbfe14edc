import { readFileSync } from 'node:fs'
import { CloudAdapter, ConfigurationBotFrameworkAuthentication, type TurnContext } from 'botbuilder'
import restify from 'restify'
import type { Request, Response } from 'restify'
import { whole } from '../../bot/teams/whole.js'
import { tellPort } from './bare.js'

/** A bot that checks who calls and answers every click with the same card: botbuilder as its documentation shows it, no more. */
const main = (appId: string, tenantId: string, openIdMetadataUrl: string, cardFile: string): void => {
  const card: unknown = JSON.parse(readFileSync(cardFile, 'utf8'))
  const adapter = new CloudAdapter(
    new ConfigurationBotFrameworkAuthentication({
      MicrosoftAppId: appId,
      MicrosoftAppPassword: 'not used',
      MicrosoftAppTenantId: tenantId,
      MicrosoftAppType: 'SingleTenant',
      ToChannelFromBotLoginUrl: 'https://login.microsoftonline.com/botframework.com',
      ToChannelFromBotOAuthScope: 'https://api.botframework.com',
      ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
      OAuthUrl: 'https://api.botframework.com',
      ToBotFromChannelOpenIdMetadataUrl: openIdMetadataUrl,
      ToBotFromEmulatorOpenIdMetadataUrl: openIdMetadataUrl,
      ValidateAuthority: 'true',
    }),
  )
  const answer = async (context: TurnContext): Promise<void> => {
    const body = { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card }
    await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } })
  }
  const server = restify.createServer({ name: 'bare' })
  server.use(restify.plugins.bodyReader(), restify.plugins.jsonBodyParser())
  server.post('/api/messages', async (request: Request, response: Response): Promise<void> => {
    await adapter.process(whole(request), response, answer)
  })
  tellPort(server)
}

const [appId = '', tenantId = '', openIdMetadataUrl = '', cardFile = ''] = process.argv.slice(2)
main(appId, tenantId, openIdMetadataUrl, cardFile)
