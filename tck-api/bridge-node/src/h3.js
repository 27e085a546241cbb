/**
 * Makes callers into events as an h3 host hands them to a sync adapter: with `event.context.session`, and the request
 * behind it in `event.node`, `event.headers`, `event.method` and `event.path`.
 *
 * @param makeSession what your host's session looks like; without it, `{ authenticated, user, workspace, role }`
 */
export function h3Event (makeSession = usualSession) {
  return (as, { req, res }) => ({
    __is_event__: true,
    method: req.method,
    path: req.url,
    headers: new Headers(Object.entries(req.headers).map(([name, value]) => [name, String(value)])),
    node: { req, res },
    context: { session: makeSession(as) }
  })
}

function usualSession (as) {
  if (as === null) {
    return { authenticated: false }
  }
  return {
    authenticated: true,
    provider: 'or3-tck',
    providerUserId: as.userId,
    user: { id: as.userId },
    ...(as.workspaceId == null ? {} : { workspace: { id: as.workspaceId } })
  }
}
