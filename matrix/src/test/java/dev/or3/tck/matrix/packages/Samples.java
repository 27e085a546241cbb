package dev.or3.tck.matrix.packages;

import dev.or3.tck.matrix.source.Tree;
import java.nio.file.Path;

/** Good sample packages and a good host, for tests to break. */
final class Samples {
    private Samples() {
    }

    /** A provider with a backend that is scaffolded by an init command. */
    static Tree convex(Path root) {
        return new Tree(root).with(".gitignore", "dist/\n").with("package.json", """
                {
                  "name": "or3-provider-convex",
                  "version": "0.1.0",
                  "type": "module",
                  "repository": "github:or3/or3-provider-convex",
                  "exports": {
                    ".": "./dist/index.js",
                    "./nuxt": { "types": "./dist/nuxt.d.ts", "default": "./dist/nuxt.js" },
                    "./package.json": "./package.json"
                  },
                  "types": "./dist/index.d.ts",
                  "bin": { "or3-provider-convex": "./bin/init.js" },
                  "files": ["dist", "bin", "templates"],
                  "scripts": {
                    "build": "bun build src/nuxt.ts --outdir=dist && tsc --emitDeclarationOnly",
                    "typecheck": "tsc --noEmit"
                  },
                  "dependencies": { "convex": "^1.31.0" },
                  "peerDependencies": { "nuxt": "^4.0.0" },
                  "devDependencies": { "typescript": "^5.9.0" }
                }
                """).with("package-lock.json", """
                {
                  "lockfileVersion": 3,
                  "packages": {
                    "": {
                      "dependencies": { "convex": "^1.31.0" },
                      "peerDependencies": { "nuxt": "^4.0.0" },
                      "devDependencies": { "typescript": "^5.9.0" }
                    }
                  }
                }
                """).with("tsconfig.json", """
                {
                  // What the package needs, and nothing of its neighbours.
                  "compilerOptions": { "strict": true, "outDir": "dist", },
                }
                """).with("README.md", """
                # or3-provider-convex

                `bun add or3-provider-convex`, then `bunx or3-provider-convex init` and `bunx convex dev --once`.
                Add `'or3-provider-convex/nuxt'` to `or3.providers.generated.ts`.

                | variable | meaning |
                |---|---|
                | `VITE_CONVEX_URL` | the deployment |
                """).with("src/nuxt.ts", """
                import { createResolver, defineNuxtModule } from '@nuxt/kit'
                import type { ConvexClient } from 'convex/browser'

                export default defineNuxtModule({
                  setup() {
                    const resolver = createResolver(import.meta.url)
                    resolver.resolve('./runtime/plugin')
                    console.info(import.meta.env.VITE_CONVEX_URL)
                  }
                })
                """).with("src/__tests__/nuxt.test.ts", "import a from '../nuxt'\nimport { it } from 'vitest'\n")
                .with("dist/index.js", "export * from './nuxt.js'\n").with("dist/index.d.ts", "export * from './nuxt.js'\n")
                .with("dist/nuxt.js", """
                import { createResolver } from '@nuxt/kit'
                import { readFile } from 'node:fs/promises'
                import { ConvexClient } from 'convex/browser'

                createResolver(import.meta.url).resolve('./runtime/plugin')
                export default () => new ConvexClient(import.meta.env.VITE_CONVEX_URL)
                """).with("dist/nuxt.d.ts", "import type { ConvexClient } from 'convex/browser'\nexport default function (): ConvexClient\n")
                .with("dist/runtime/plugin.js", "export default () => {}\n")
                .with("templates/convex/schema.ts", "import { v } from './_generated/server'\nexport default {}\n")
                .with("playground/app.ts", "import '~/server/a'\nprocess.env.OF_THE_PLAYGROUND\n")
                .with("vitest.config.ts", "export default { root: __dirname }\n")
                .with("bin/init.js", """
                #!/usr/bin/env node
                import { copyFileSync, existsSync, mkdirSync } from 'node:fs'

                const target = process.cwd() + '/convex'
                mkdirSync(target, { recursive: true })
                if (!existsSync(target + '/schema.ts')) {
                  copyFileSync(new URL('../templates/convex/schema.ts', import.meta.url), target + '/schema.ts')
                }
                """);
    }

    /** A provider that keeps its data in a database of its own. */
    static Tree sqlite(Path root) {
        return new Tree(root).with(".gitignore", "dist/\n").with("package.json", """
                {
                  "name": "or3-provider-sqlite",
                  "version": "1.0.0",
                  "type": "module",
                  "repository": { "type": "git", "url": "git+https://example.org/or3-provider-sqlite.git" },
                  "exports": { "./nuxt": "./dist/nuxt.mjs" },
                  "files": ["dist"],
                  "scripts": { "build": "nuxt-module-build build", "type-check": "vue-tsc --noEmit" },
                  "dependencies": { "better-sqlite3": "^12.0.0" },
                  "peerDependencies": { "nuxt": "^4.0.0" }
                }
                """).with("bun.lock", """
                {
                  "lockfileVersion": 1,
                  "workspaces": {
                    "": {
                      "name": "or3-provider-sqlite",
                      "dependencies": { "better-sqlite3": "^12.0.0", },
                      "peerDependencies": { "nuxt": "^4.0.0", },
                    },
                  },
                }
                """).with("tsconfig.json", "{ \"extends\": \"@tsconfig/strictest/tsconfig.json\" }\n").with("README.md", """
                # or3-provider-sqlite
                Install: `npm install or3-provider-sqlite`; host: `or3-provider-sqlite/nuxt`; `OR3_SQLITE_DB_PATH` names the file.
                ## Migrations
                They run at start.
                ## Backup
                `sqlite3 db .backup`
                ## Schema
                One table for each kind.
                """).with("dist/nuxt.mjs", "import open from 'better-sqlite3'\nexport default () => open(process.env.OR3_SQLITE_DB_PATH)\n")
                .with("dist/nuxt.d.mts", "declare const module: unknown\nexport default module\n");
    }

    /** A host that uses the Convex provider. */
    static Tree host(Path root) {
        return new Tree(root).with("package.json", """
                {
                  "name": "or3-chat",
                  "private": true,
                  "type": "module",
                  "dependencies": {
                    "nuxt": "^4.0.0",
                    "or3-provider-convex": "link:../or3-provider-convex"
                  }
                }
                """).with("pnpm-lock.yaml", """
                lockfileVersion: '9.0'
                importers:
                  .:
                    dependencies:
                      nuxt: { specifier: ^4.0.0, version: 4.2.0 }
                      or3-provider-convex: { specifier: 'link:../or3-provider-convex', version: 'link:../or3-provider-convex' }
                """).with("or3.providers.generated.ts", """
                export const or3ProviderModules = [
                  'or3-provider-convex/nuxt',
                ] as const
                """).with("nuxt.config.ts", """
                import { or3ProviderModules } from './or3.providers.generated'

                export default { modules: ['@nuxt/ui', ...or3ProviderModules] }
                """).with("server/api/a.ts", "import { registry } from '~~/server/registry'\n")
                .with("server/__tests__/a.test.ts", "import module from 'or3-provider-convex/nuxt'\n");
    }
}
