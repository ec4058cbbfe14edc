// The bot, its managed identity, and a virtual machine with a disk of its own for the cases.
// Not deployed by us: check it with `az bicep build` and `az deployment group what-if` before you use it.
// A machine and not a container app or app service: their storage is a network share, and the data folder needs a local disk.

@description('The public host name of Winnow, such as winnow.contoso.example; point it at the address in the output')
param host string

@description('Your public SSH key for the machine')
param sshPublic string

@description('From where the machine may be reached by SSH: an address range of yours')
param sshFrom string

@description('From where people, Teams and alert sources may reach Winnow; the proxy on the machine narrows /api/alerts down')
param httpsFrom string = 'Internet'

@description('The name of the bot, unique in Azure')
param botName string

param location string = resourceGroup().location
param name string = 'winnow'
param size string = 'Standard_B2s'
param dataGigabytes int = 32

// Proves Winnow to Teams: there is no secret to keep or rotate.
resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: name
  location: location
}

resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: botName
  location: 'global'
  kind: 'azurebot'
  sku: { name: 'F0' }
  properties: {
    displayName: 'Winnow'
    endpoint: 'https://${host}/api/messages'
    msaAppId: identity.properties.clientId
    msaAppMSIResourceId: identity.id
    msaAppTenantId: identity.properties.tenantId
    msaAppType: 'UserAssignedMSI'
  }
}

resource teams 'Microsoft.BotService/botServices/channels@2022-09-15' = {
  parent: bot
  name: 'MsTeamsChannel'
  location: 'global'
  properties: {
    channelName: 'MsTeamsChannel'
    properties: { isEnabled: true }
  }
}

resource guard 'Microsoft.Network/networkSecurityGroups@2023-11-01' = {
  name: name
  location: location
  properties: {
    securityRules: [
      {
        name: 'https'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefix: httpsFrom
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '443'
        }
      }
      {
        name: 'ssh'
        properties: {
          priority: 110
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefix: sshFrom
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '22'
        }
      }
    ]
  }
}

resource network 'Microsoft.Network/virtualNetworks@2023-11-01' = {
  name: name
  location: location
  properties: {
    addressSpace: { addressPrefixes: ['10.20.0.0/24'] }
    subnets: [
      {
        name: 'winnow'
        properties: { addressPrefix: '10.20.0.0/27', networkSecurityGroup: { id: guard.id } }
      }
    ]
  }
}

resource address 'Microsoft.Network/publicIPAddresses@2023-11-01' = {
  name: name
  location: location
  sku: { name: 'Standard' }
  properties: { publicIPAllocationMethod: 'Static' }
}

resource card 'Microsoft.Network/networkInterfaces@2023-11-01' = {
  name: name
  location: location
  properties: {
    ipConfigurations: [
      {
        name: 'main'
        properties: {
          subnet: { id: network.properties.subnets[0].id }
          publicIPAddress: { id: address.id }
        }
      }
    ]
  }
}

// The cases. It stays when the machine is deleted; a snapshot of it is a backup.
resource data 'Microsoft.Compute/disks@2023-10-02' = {
  name: '${name}-data'
  location: location
  sku: { name: 'StandardSSD_LRS' }
  properties: {
    diskSizeGB: dataGigabytes
    creationData: { createOption: 'Empty' }
    networkAccessPolicy: 'DenyAll'
  }
}

resource machine 'Microsoft.Compute/virtualMachines@2024-03-01' = {
  name: name
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    hardwareProfile: { vmSize: size }
    osProfile: {
      computerName: name
      adminUsername: 'operator'
      // Formats the disk once, and mounts it where the unit keeps its data.
      customData: base64('''
#cloud-config
fs_setup:
  - { label: winnow, filesystem: ext4, device: /dev/disk/azure/scsi1/lun0, overwrite: false }
mounts:
  - [/dev/disk/azure/scsi1/lun0, /var/lib/winnow, ext4, 'defaults,nofail']
''')
      linuxConfiguration: {
        disablePasswordAuthentication: true
        ssh: { publicKeys: [{ path: '/home/operator/.ssh/authorized_keys', keyData: sshPublic }] }
      }
    }
    storageProfile: {
      imageReference: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: 'latest' }
      osDisk: { createOption: 'FromImage', managedDisk: { storageAccountType: 'StandardSSD_LRS' } }
      dataDisks: [{ lun: 0, createOption: 'Attach', managedDisk: { id: data.id }, deleteOption: 'Detach' }]
    }
    networkProfile: { networkInterfaces: [{ id: card.id }] }
  }
}

output publicAddress string = address.properties.ipAddress
output appId string = identity.properties.clientId
output tenantId string = identity.properties.tenantId
