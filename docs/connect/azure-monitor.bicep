// Alerts of Azure Monitor by an action group with a secure webhook, straight to Winnow.
// Not deployed by us: check it with `az bicep build` and `az deployment group what-if` before you use it.

@description('Where Winnow is reached from Azure, without a slash at the end')
param winnow string

@description('Winnow\'s intake app: the object id of its registration, and its application ID URI')
param intakeAppObjectId string
param audience string

param name string = 'winnow'

resource actionGroup 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: name
  location: 'global'
  properties: {
    enabled: true
    groupShortName: 'Winnow'
    webhookReceivers: [
      {
        name: 'Winnow'
        serviceUri: '${winnow}/api/alerts/azure-monitor'
        useCommonAlertSchema: true
        useAadAuth: true
        objectId: intakeAppObjectId
        identifierUri: audience
        tenantId: subscription().tenantId
      }
    ]
  }
}

@description('Name this group in the alert rules whose alerts Winnow should get')
output actionGroupId string = actionGroup.id
