import { h3Event, serve } from 'or3-tck-bridge'
import { Store, databasePath } from './database.js'
import { LIMITS, SyncAdapter } from './sync.js'
import { WorkspaceStore } from './workspaces.js'

const store = new Store(databasePath(process.env), process.env.OR3_EXAMPLE_RACY === 'true')
const sync = new SyncAdapter(store)
const workspaces = new WorkspaceStore(store)

await serve({
  manifest: {
    provider: { id: 'example', name: 'or3-tck-bridge-example', version: '0.1.0' },
    profile: 'or3-sync/1.0',
    components: { sync: { capabilities: ['gc'] }, workspaces: { capabilities: ['getUser'] } },
    limits: LIMITS,
    normalizes: ['file_meta.ref_count'],
    starts: { path: 'OR3_EXAMPLE_DB_PATH', strict: 'OR3_EXAMPLE_STRICT', schema: 'OR3_EXAMPLE_SCHEMA' }
  },
  sync,
  workspaces,
  caller: h3Event(),
  clock: 'date',
  controls: {
    provision: roles => workspaces.provision(roles),
    inspect: key => sync.inspect(key),
    restart: () => { store.close(); store.open() }
  },
  close: () => store.close()
})
