package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.suites.fault.Accounts.Workspace;
import dev.or3.tck.suites.fault.Fault.Need;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Faults in status, members, workspaces, settings and admins. */
final class AdminFaults {
    private static final FaultPart ADMIN = new FaultPart("admin");

    private AdminFaults() {
    }

    static List<Fault> all() {
        List<Fault> faults = new ArrayList<>(ofOwners());
        faults.addAll(ofStatus());
        faults.addAll(ofWorkspaces());
        faults.addAll(ofOthers());
        faults.addAll(ofInput());
        return List.copyOf(faults);
    }

    private static List<Fault> ofOwners() {
        return List.of(
                ADMIN.fault("B200", "STORE-13", "The last owner may be removed", parts -> parts.use(new Administration(parts) {
                    @Override
                    void checkOwnerStays(String workspaceId, String userId, Role role) {
                        if (role != null) {
                            super.checkOwnerStays(workspaceId, userId, role);
                        }
                    }
                })),
                ADMIN.fault("B201", "STORE-13", "The last owner may be given another role",
                        parts -> parts.use(new Administration(parts) {
                            @Override
                            void checkOwnerStays(String workspaceId, String userId, Role role) {
                                if (role == null) {
                                    super.checkOwnerStays(workspaceId, userId, null);
                                }
                            }
                        })),
                ADMIN.fault("B202", "STORE-13", "Whoever is made a member anew is not looked at as an owner",
                        parts -> parts.use(new Administration(parts) {
                            @Override
                            public void upsertMember(Caller caller, NewMember input) {
                                try {
                                    super.upsertMember(caller, input);
                                } catch (ProviderException refused) {
                                    if (refused.status() != 409) {
                                        throw refused;
                                    }
                                    accounts.membersOf(input.workspaceId()).keySet().stream()
                                            .filter(user -> input.emailOrProviderId().equals(accounts.users.get(user).email()))
                                            .forEach(user -> give(user, input.workspaceId(), input.role()));
                                }
                            }
                        })),
                ADMIN.fault("B203", "STORE-13", Set.of(Need.CONCURRENT),
                        "Owners are counted before the transaction that removes one", parts -> parts.use(new CountFirst(parts))));
    }

    private static List<Fault> ofStatus() {
        return List.of(
                ADMIN.fault("B204", "ADM-01", "An action that is not listed is answered with success",
                        parts -> parts.use(new Administration(parts) {
                            @Override
                            public JsonText runAction(Caller caller, ActionRun input) {
                                return COUNT.equals(input.actionId()) ? super.runAction(caller, input) : new JsonText("null");
                            }
                        })),
                ADMIN.fault("B205", "ADM-01", "An action is listed under another id than it is run by",
                        parts -> parts.use(new Administration(parts) {
                            @Override
                            Action listed() {
                                return new Action("countRows", "Count the rows of all tables", null, null);
                            }
                        })),
                ADMIN.fault("B206", "ADM-01", "Actions have no label", parts -> parts.use(new Administration(parts) {
                    @Override
                    Action listed() {
                        return new Action(COUNT, "", null, null);
                    }
                })));
    }

    private static List<Fault> ofWorkspaces() {
        return List.of(
                ADMIN.fault("B207", "ADM-02", "The total is that of the page", parts -> parts.use(new Administration(parts) {
                    @Override
                    WorkspacePage page(List<Workspace> matching, int page, int perPage) {
                        WorkspacePage right = super.page(matching, page, perPage);
                        return new WorkspacePage(right.items(), right.items().size());
                    }
                })),
                ADMIN.fault("B208", "ADM-02", "Pages are counted from 0", parts -> parts.use(new Administration(parts) {
                    @Override
                    long before(int page, int perPage) {
                        return (long) page * perPage;
                    }
                })),
                ADMIN.fault("B209", "ADM-02", "Pages overlap by one", parts -> parts.use(new Administration(parts) {
                    @Override
                    long before(int page, int perPage) {
                        return Math.max(0, super.before(page, perPage) - 1);
                    }
                })),
                ADMIN.fault("B210", "ADM-02", "Search tells upper from lower case",
                        parts -> parts.use(new Administration(parts) {
                            @Override
                            boolean holds(String name, String search) {
                                return name.contains(search);
                            }
                        })),
                ADMIN.fault("B211", "ADM-02", "Deleted workspaces are listed to everyone who looks",
                        parts -> parts.use(new Administration(parts) {
                            @Override
                            boolean matches(Workspace found, WorkspaceQuery input) {
                                return super.matches(found, new WorkspaceQuery(input.search(), true, null, null));
                            }
                        })),
                ADMIN.fault("B212", "ADM-02", "Restoring brings back the workspace, but only its owners",
                        parts -> parts.use(new Administration(parts) {
                            @Override
                            public void restoreWorkspace(Caller caller, WorkspaceRef input) {
                                super.restoreWorkspace(caller, input);
                                List.copyOf(accounts.membersOf(input.workspaceId()).entrySet()).stream()
                                        .filter(member -> member.getValue() != Role.OWNER)
                                        .forEach(member -> accounts.leave(member.getKey(), input.workspaceId()));
                            }
                        })),
                ADMIN.fault("B213", "ADM-02", "Deleting a workspace for good leaves nothing to restore",
                        parts -> parts.use(new Administration(parts) {
                            @Override
                            public void softDeleteWorkspace(Caller caller, Deletion input) {
                                super.softDeleteWorkspace(caller, input);
                                accounts.workspaces.remove(input.workspaceId());
                            }
                        })));
    }

    private static List<Fault> ofOthers() {
        return List.of(
                ADMIN.fault("B214", "ADM-02", "Settings are kept by their key alone",
                        parts -> parts.use(new Administration(parts) {
                            @Override
                            Object key(SettingKey setting) {
                                return setting.key();
                            }
                        })),
                ADMIN.fault("B215", "ADM-02", "A search for users heeds no limit", parts -> parts.use(new Administration(parts) {
                    @Override
                    int limit(UserQuery input) {
                        return Integer.MAX_VALUE;
                    }
                })),
                ADMIN.fault("B216", "ADM-02", "A member made anew keeps the role of before",
                        parts -> parts.use(new Administration(parts) {
                            @Override
                            void give(String userId, String workspaceId, Role role) {
                                if (!accounts.membersOf(workspaceId).containsKey(userId)) {
                                    super.give(userId, workspaceId, role);
                                }
                            }
                        })),
                ADMIN.fault("B217", "ADM-02", "Granting what is granted, or revoking it twice, is refused",
                        parts -> parts.use(new Administration(parts) {
                            @Override
                            public void grantAdmin(Caller caller, UserRef input) {
                                if (isAdmin(caller, input)) {
                                    throw ProviderException.conflict("the user is an admin already");
                                }
                                super.grantAdmin(caller, input);
                            }
                        })),
                ADMIN.fault("B218", "ADM-02", "Whoever was an admin once is cached as one",
                        parts -> parts.use(new Administration(parts) {
                            private final Set<String> cache = parts.disk.extra("admin cache",
                                    ConcurrentHashMap::newKeySet);

                            @Override
                            public boolean isAdmin(Caller caller, UserRef input) {
                                return super.isAdmin(caller, input) && cache.add(input.userId())
                                        || input.userId() != null && cache.contains(input.userId());
                            }
                        })));
    }

    private static List<Fault> ofInput() {
        return List.of(
                ADMIN.fault("B219", "ADM-03", "Settings may be asked for by keys of any length",
                        parts -> parts.use(new Administration(parts) {
                            @Override
                            void admit(Caller caller, Record input) {
                                if (!(input instanceof SettingKey)) {
                                    super.admit(caller, input);
                                }
                            }
                        })),
                ADMIN.fault("B250", "ADM-03", "A member without a role becomes a viewer",
                        parts -> parts.use(new Administration(parts) {
                            @Override
                            public void setMemberRole(Caller caller, MemberRole input) {
                                super.setMemberRole(caller, new MemberRole(input.workspaceId(), input.userId(),
                                        input.role() == null ? Role.VIEWER : input.role()));
                            }
                        })),
                ADMIN.fault("B251", "ADM-03", "Input is not checked, and what comes of it is a failure of the tables",
                        parts -> parts.use(new Administration(parts) {
                            @Override
                            void admit(Caller caller, Record input) {
                                // The tables take no null, and say so in their own way.
                            }
                        })),
                ADMIN.fault("B252", "ADM-03", "A key loses its setting before the new one is looked at",
                        parts -> parts.use(new Administration(parts) {
                            @Override
                            public void setSetting(Caller caller, Setting input) {
                                if (input.workspaceId() != null && input.key() != null) {
                                    settings.remove(key(new SettingKey(input.workspaceId(), input.key())));
                                }
                                super.setSetting(caller, input);
                            }
                        })));
    }

    /** Looks whether another owner stays, and then begins the transaction. */
    private static final class CountFirst extends Administration {
        private final ThreadLocal<Boolean> counted = ThreadLocal.withInitial(() -> false);

        CountFirst(Parts parts) {
            super(parts);
        }

        @Override
        public void removeMember(Caller caller, MemberRef input) {
            checkOwnerStays(input.workspaceId(), input.userId(), null);
            counting(() -> super.removeMember(caller, input));
        }

        @Override
        public void setMemberRole(Caller caller, MemberRole input) {
            checkOwnerStays(input.workspaceId(), input.userId(), input.role());
            counting(() -> super.setMemberRole(caller, input));
        }

        private void counting(Runnable change) {
            counted.set(true);
            try {
                change.run();
            } finally {
                counted.set(false);
            }
        }

        @Override
        void checkOwnerStays(String workspaceId, String userId, Role role) {
            if (!counted.get()) {
                super.checkOwnerStays(workspaceId, userId, role);
            }
        }
    }
}
