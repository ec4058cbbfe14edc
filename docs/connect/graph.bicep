// Alerts of all Defender services, fetched from Microsoft Graph.
// Not deployed by us: check it with `az bicep build` and `az deployment group what-if` before you use it.

@description('Where Winnow is reached from Azure, without a slash at the end')
param winnow string

@description('What tokens are asked for: the application ID URI of Winnow\'s intake app, as in INTAKE_ENTRA_AUDIENCE')
param audience string

param location string = resourceGroup().location
param name string = 'winnow-graph'

resource workflow 'Microsoft.Logic/workflows@2019-05-01' = {
  name: name
  location: location
  identity: { type: 'SystemAssigned' }
  properties: {
    state: 'Enabled'
    definition: loadJsonContent('graph.json')
    parameters: {
      winnow: { value: winnow }
      audience: { value: audience }
    }
  }
}

@description('az ad sp show --id THIS --query appId: the client id for INTAKE_ENTRA_CALLERS')
output principalId string = workflow.identity.principalId
