package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.suites.fault.Accounts.Workspace;
import dev.or3.tck.suites.fault.Fault.Need;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Faults in users, their identities and their default workspace. */
final class IdentityFaults {
    private static final FaultPart WORKSPACES = new FaultPart("workspaces");

    private IdentityFaults() {
    }

    static List<Fault> all() {
        return List.of(
                WORKSPACES.fault("A04", "STORE-02 STORE-01 STORE-12", Set.of(Need.CONCURRENT),
                        "An identity is looked up before the transaction that inserts it: two first logins make two users",
                        parts -> parts.use(new Members(parts) {
                            @Override
                            public UserRef getOrCreateUser(Caller caller, NewUser input) {
                                Object identity = identity(input.provider(), input.providerUserId());
                                String known = accounts.identities.get(identity);
                                return new UserRef(known != null ? known
                                        : parts.transact(accounts, () -> addUser(identity, input)));
                            }
                        })),
                WORKSPACES.fault("A07", "STORE-04 STORE-05 STORE-15",
                        "The default workspace is created without its membership",
                        parts -> parts.use(new HalfProvisioned(parts))),
                WORKSPACES.fault("B61", "STORE-01", "A user is looked up by identity and e-mail address",
                        parts -> parts.use(new Members(parts) {
                            @Override
                            public UserRef getOrCreateUser(Caller caller, NewUser input) {
                                UserRef found = super.getOrCreateUser(caller, input);
                                boolean sameMail = Objects.equals(
                                        accounts.users.get(found.userId()).email(), input.email());
                                return sameMail ? found : parts.transact(accounts, () -> new UserRef(
                                        addUser(identity(input.provider(), input.providerUserId()), input)));
                            }
                        })),
                WORKSPACES.fault("B62", "STORE-03",
                        "Provider and id are joined by a colon, so that a:b and c meet a and b:c",
                        parts -> parts.use(new Members(parts) {
                            @Override
                            Object identity(String provider, String providerUserId) {
                                return provider + ':' + providerUserId;
                            }
                        })),
                WORKSPACES.fault("B63", "STORE-03", "Identities are compared without regard to case and blanks",
                        parts -> parts.use(new Members(parts) {
                            @Override
                            Object identity(String provider, String providerUserId) {
                                return super.identity(provider, providerUserId.strip().toLowerCase(Locale.ROOT));
                            }
                        })),
                WORKSPACES.fault("B64", "STORE-03", "An account is known by its id alone, whoever provides it",
                        parts -> parts.use(new Members(parts) {
                            @Override
                            Object identity(String provider, String providerUserId) {
                                return providerUserId;
                            }
                        })),
                WORKSPACES.fault("B65", "STORE-04 STORE-12", Set.of(Need.CONCURRENT),
                        "The default workspace is looked for before the transaction that creates it",
                        parts -> parts.use(new TwoDefaults(parts))),
                WORKSPACES.fault("B66", "STORE-04 STORE-15", "Every look-up of the default workspace creates another one",
                        parts -> parts.use(new Members(parts) {
                            @Override
                            Optional<Workspace> active(String userId) {
                                return Optional.empty();
                            }

                            @Override
                            Optional<Workspace> first(String userId) {
                                return Optional.empty();
                            }
                        })),
                WORKSPACES.fault("B67", "STORE-04 STORE-12", "The default workspace is the oldest one, whichever is active",
                        parts -> parts.use(new Members(parts) {
                            @Override
                            Optional<Workspace> active(String userId) {
                                return Optional.empty();
                            }
                        })),
                WORKSPACES.fault("B68", "STORE-05 STORE-04 STORE-07 STORE-15",
                        "The creator of a workspace becomes its editor",
                        parts -> parts.use(new Members(parts) {
                            @Override
                            Workspace addWorkspace(String userId, String name, String description) {
                                Workspace created = super.addWorkspace(userId, name, description);
                                accounts.change(userId, created.id(), Role.EDITOR);
                                return created;
                            }
                        })),
                WORKSPACES.fault("B69", "STORE-11 STORE-04", Set.of(Need.RESTART), "The active workspace is kept in memory",
                        parts -> parts.use(new Startup(parts) {
                            @Override
                            void start() {
                                super.start();
                                parts.disk.accounts.active.clear();
                            }
                        })),
                WORKSPACES.fault("B70", "STORE-10",
                        "Unknown users are created on the way", parts -> parts.use(new Members(parts) {
                    @Override
                    void checkUser(String userId) {
                        if (userId != null) {
                            accounts.users.putIfAbsent(userId, new User(userId, null, null));
                        }
                    }
                })));
    }

    private static final class HalfProvisioned extends Members {
        HalfProvisioned(Parts parts) {
            super(parts);
        }

        @Override
        public DefaultWorkspace getOrCreateDefaultWorkspace(Caller caller, UserRef input) {
            return parts.transact(accounts, () -> {
                checkUser(input.userId());
                Optional<Workspace> known = active(input.userId()).or(() -> first(input.userId()));
                Workspace home = known.orElseGet(() -> new Workspace(
                        UUID.randomUUID().toString(), "My workspace", null, parts.clock.seconds(), false));
                accounts.workspaces.put(home.id(), home);
                accounts.active.put(input.userId(), home.id());
                return new DefaultWorkspace(home.id(), home.name(), known.isEmpty());
            });
        }
    }

    private static final class TwoDefaults extends Members {
        TwoDefaults(Parts parts) {
            super(parts);
        }

        @Override
        public DefaultWorkspace getOrCreateDefaultWorkspace(Caller caller, UserRef input) {
            checkUser(input.userId());
            Optional<Workspace> known = active(input.userId()).or(() -> first(input.userId()));
            return parts.transact(accounts, () -> {
                Workspace home = known.orElseGet(() -> addWorkspace(input.userId(), "My workspace", null));
                accounts.active.put(input.userId(), home.id());
                return new DefaultWorkspace(home.id(), home.name(), known.isEmpty());
            });
        }
    }
}
