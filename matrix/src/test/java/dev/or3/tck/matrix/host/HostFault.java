package dev.or3.tck.matrix.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.protocol.Dispatcher;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.api.workspaces.Workspaces;
import dev.or3.tck.matrix.host.AuthProvider.Credentials;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** What may be wrong with a host. Each is caught by one rule at least. */
enum HostFault {
    H01("WIR-07", "push asks for no role", asks("/api/sync/push", null)),
    H02("WIR-07", "pull asks for no role", asks("/api/sync/pull", null)),
    H03("WIR-07", "cursors of any workspace can be moved", asks("/api/sync/update-cursor", null)),
    H04("WIR-07", "anybody's log can be collected", asks("/api/sync/gc-change-log", null)),
    H05("WIR-07", "viewers may push", asks("/api/sync/push", Role.VIEWER)),
    H06("WIR-07", "viewers may collect tombstones", asks("/api/sync/gc-tombstones", Role.VIEWER)),
    H07("WIR-07", "whoever shows any credentials is signed in") {
        @Override
        Gatekeeper gatekeeper(Host host) {
            return new Sound(host) {
                @Override
                Optional<Session> session(Credentials credentials) {
                    return super.session(credentials.authorization() == null ? credentials
                            : credentials.authorization().matches("Bearer [a-z]+-token") ? credentials
                            : new Credentials("Bearer olga-token", null));
                }
            };
        }
    },
    H08("WIR-07", "nobody is a guest") {
        @Override
        Gatekeeper gatekeeper(Host host) {
            return new Sound(host) {
                @Override
                Optional<Session> session(Credentials credentials) {
                    AuthProvider.Account guest = new AuthProvider.Account("guest", null, null);
                    return super.session(credentials).or(() -> Optional.of(
                            new Session("guest", guest, userOf("guest", guest))));
                }
            };
        }
    },
    H09("WIR-07", "the role counts that the caller has in their active workspace") {
        @Override
        Gatekeeper gatekeeper(Host host) {
            return new Sound(host) {
                @Override
                void authorize(Session session, Route route, String workspace) {
                    super.authorize(session, route, workspace == null ? null : workspaces(host)
                            .getOrCreateDefaultWorkspace(null, new Workspaces.UserRef(session.userId())).workspaceId());
                }
            };
        }
    },
    H10("WIR-07", "a role is remembered, and outlives the workspace") {
        @Override
        Gatekeeper gatekeeper(Host host) {
            Set<String> known = ConcurrentHashMap.newKeySet();
            return new Sound(host) {
                @Override
                void authorize(Session session, Route route, String workspace) {
                    String key = session.userId() + " " + route.path() + " " + workspace;
                    if (!known.contains(key)) {
                        super.authorize(session, route, workspace);
                        known.add(key);
                    }
                }
            };
        }
    },
    H11("WIR-07", "nobody is told 403") {
        @Override
        Gatekeeper gatekeeper(Host host) {
            return new Sound(host) {
                @Override
                ProviderException nobody() {
                    return ProviderException.forbidden("no");
                }
            };
        }
    },
    H12("WIR-07", "who may not is told 500") {
        @Override
        Gatekeeper gatekeeper(Host host) {
            return new Sound(host) {
                @Override
                void authorize(Session session, Route route, String workspace) {
                    try {
                        super.authorize(session, route, workspace);
                    } catch (ProviderException e) {
                        throw new IllegalStateException(e);
                    }
                }
            };
        }
    },
    H13("WIR-07", "a refusal tells the name of the workspace") {
        @Override
        Gatekeeper gatekeeper(Host host) {
            Map<String, String> names = new ConcurrentHashMap<>();
            return new Sound(host) {
                @Override
                void authorize(Session session, Route route, String workspace) {
                    workspaces(host).listUserWorkspaces(session.in(null), new Workspaces.UserRef(session.userId()))
                            .forEach(entry -> names.put(entry.id(), entry.name()));
                    try {
                        super.authorize(session, route, workspace);
                    } catch (ProviderException e) {
                        throw ProviderException.forbidden("you are no member of " + names.get(workspace));
                    }
                }
            };
        }
    },
    H14("WIR-06", "errors have no statusCode") {
        @Override
        Gatekeeper gatekeeper(Host host) {
            return new Sound(host) {
                @Override
                Object failure(int status, String message) {
                    return Map.of("error", message);
                }
            };
        }
    },
    H15("PUSH-19", "a clock below zero is taken for zero", (shape, body) -> {
        if (shape.equals("push")) {
            for (JsonNode operation : body.path("ops")) {
                if (operation.path("stamp").path("clock").doubleValue() < 0) {
                    ((ObjectNode) operation.get("stamp")).put("clock", 0);
                }
            }
        }
    }),
    H16("PULL-15", "a cursor with a fraction is rounded", (shape, body) -> {
        if (shape.equals("pull") && body.path("cursor").isNumber()) {
            body.put("cursor", body.get("cursor").longValue());
        }
    }),
    H17("CUR-05", "a cursor's version with a fraction is rounded", (shape, body) -> {
        if (shape.equals("updateCursor") && body.path("version").isNumber()) {
            body.put("version", body.get("version").longValue());
        }
    }),
    H18("WIR-07", "a workspace beside the scope is the one that is written to", acts("/api/sync/push",
            route -> (host, session, workspace, body) -> {
                String named = body.path("workspaceId").asText(workspace);
                body.putObject("scope").put("workspaceId", named);
                return new Dispatcher(host.provider(Axis.SYNC).orElseThrow())
                        .call("sync", "push", session.in(named), body);
            })),
    H19("WIR-07", "the list of workspaces is remembered, for everybody", acts("/api/workspaces", route -> {
        AtomicReference<Object> list = new AtomicReference<>();
        return (host, session, workspace, body) -> route.method().equals("GET")
                ? list.updateAndGet(known -> known != null ? known : route.act().go(host, session, workspace, body))
                : route.act().go(host, session, workspace, body);
    })),
    H20("WIR-06", "activating a workspace is answered, and not done", acts("/api/workspaces/active",
            route -> (host, session, workspace, body) -> null));

    private final String rule;
    private final String words;
    private final Function<Route, Route> routes;
    private final Repair repair;

    HostFault(String rule, String words) {
        this(rule, words, route -> route, (shape, body) -> { });
    }

    HostFault(String rule, String words, Function<Route, Route> routes) {
        this(rule, words, routes, (shape, body) -> { });
    }

    HostFault(String rule, String words, Repair repair) {
        this(rule, words, route -> route, repair);
    }

    HostFault(String rule, String words, Function<Route, Route> routes, Repair repair) {
        this.rule = rule;
        this.words = words;
        this.routes = routes;
        this.repair = repair;
    }

    /** Changes what should have been refused. */
    private interface Repair {
        void go(String shape, ObjectNode body);
    }

    /** The rule that it breaks. */
    String rule() {
        return rule;
    }

    Route route(Route sound) {
        return routes.apply(sound);
    }

    Gatekeeper gatekeeper(Host host) {
        return new Sound(host) {
            @Override
            void check(Route route, JsonNode body) {
                repair.go(route.shape(), (ObjectNode) body);
                super.check(route, body);
            }
        };
    }

    @Override
    public String toString() {
        return name() + ": " + words;
    }

    private static Workspaces workspaces(Host host) {
        return host.provider(Axis.SYNC).orElseThrow().workspaces();
    }

    private static Function<Route, Route> asks(String path, Role role) {
        return route -> route.path().equals(path) ? new Route(route.method(), route.path(), route.axis(), route.shape(),
                route.rate(), route.workspace(), role, route.act()) : route;
    }

    private static Function<Route, Route> acts(String path, Function<Route, Route.Act> act) {
        return route -> route.path().equals(path) ? new Route(route.method(), route.path(), route.axis(), route.shape(),
                route.rate(), route.workspace(), route.role(), act.apply(route)) : route;
    }

    private static class Sound extends Gatekeeper {
        Sound(Host host) {
            super(host, Map.of());
        }
    }
}
