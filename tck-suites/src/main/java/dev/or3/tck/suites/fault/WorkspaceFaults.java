package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.suites.fault.Accounts.Workspace;
import dev.or3.tck.suites.fault.Fault.Need;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Faults in workspaces, roles and activation. */
final class WorkspaceFaults {
    private static final FaultPart WORKSPACES = new FaultPart("workspaces");

    private WorkspaceFaults() {
    }

    static List<Fault> all() {
        return List.of(
                WORKSPACES.fault("A03", "STORE-06 STORE-12 STORE-08",
                        "Roles are cached, and outlive the removal of the workspace",
                        parts -> parts.use(new CachedRoles(parts))),
                WORKSPACES.fault("A06", "STORE-09 STORE-12 STORE-04", "A removed workspace can still be activated",
                        parts -> parts.use(new Members(parts) {
                            @Override
                            public void setActiveWorkspace(Caller caller, Membership input) {
                                checkUser(input.userId());
                                if (!accounts.membersOf(input.workspaceId()).containsKey(input.userId())) {
                                    checkMember(input.userId(), input.workspaceId());
                                }
                                accounts.active.put(input.userId(), input.workspaceId());
                            }
                        })),
                WORKSPACES.fault("B71", "STORE-06",
                        "A removed workspace still tells its roles", parts -> parts.use(new Members(parts) {
                    @Override
                    Role role(Membership input) {
                        return input.userId() == null || input.workspaceId() == null ? null
                                : accounts.membersOf(input.workspaceId()).get(input.userId());
                    }
                })),
                WORKSPACES.fault("B72", "STORE-06",
                        "A stranger is taken for a viewer", parts -> parts.use(new Members(parts) {
                    @Override
                    public Role getWorkspaceRole(Caller caller, Membership input) {
                        Role role = super.getWorkspaceRole(caller, input);
                        return role == null && live(input.workspaceId()).isPresent() ? Role.VIEWER : role;
                    }
                })),
                WORKSPACES.fault("B73", "STORE-14 STORE-12", "Only the active workspace tells its role",
                        parts -> parts.use(new Members(parts) {
                            @Override
                            public Role getWorkspaceRole(Caller caller, Membership input) {
                                boolean active = input.userId() != null
                                        && accounts.active.getOrDefault(input.userId(), "").equals(input.workspaceId());
                                return active ? super.getWorkspaceRole(caller, input) : null;
                            }
                        })),
                WORKSPACES.fault("B74", "STORE-07",
                        "An editor may remove the workspace", parts -> parts.use(new Members(parts) {
                    @Override
                    void checkMayRemove(Role role) {
                        checkMayUpdate(role);
                    }
                })),
                WORKSPACES.fault("B75", "STORE-07",
                        "Any member may rename the workspace", parts -> parts.use(new Members(parts) {
                    @Override
                    void checkMayUpdate(Role role) {
                        // Being a member is enough.
                    }
                })),
                WORKSPACES.fault("B76", "STORE-07 STORE-15", "The role is checked after the workspace was renamed",
                        parts -> parts.use(new Members(parts) {
                            @Override
                            public void updateWorkspace(Caller caller, WorkspaceUpdate input) {
                                live(input.workspaceId()).ifPresent(found -> accounts.workspaces.put(found.id(),
                                        found.renamed(checkName(input.name()), input.description())));
                                super.updateWorkspace(caller, input);
                            }
                        })),
                WORKSPACES.fault("B77", "STORE-08 STORE-04 STORE-09",
                        "A removal leaves the active workspace of all but the acting user",
                        parts -> parts.use(new StaleActive(parts))),
                WORKSPACES.fault("B78", "STORE-08 STORE-15", "A removed workspace stays in the lists of the other members",
                        parts -> parts.use(new StillListed(parts))),
                WORKSPACES.fault("B79", "STORE-09 STORE-04", "Activating a workspace leaves the one before active too",
                        parts -> parts.use(new SeveralActive(parts))),
                WORKSPACES.fault("B80", "STORE-09",
                        "Anyone may activate any live workspace", parts -> parts.use(new Members(parts) {
                    @Override
                    public void setActiveWorkspace(Caller caller, Membership input) {
                        checkUser(input.userId());
                        Workspace found = live(input.workspaceId())
                                .orElseGet(() -> checkMember(input.userId(), input.workspaceId()));
                        accounts.active.put(input.userId(), found.id());
                    }
                })),
                WORKSPACES.fault("B81", "STORE-15", "The list shows the role of the workspace's first member to everyone",
                        parts -> parts.use(new Members(parts) {
                            @Override
                            WorkspaceEntry entry(String userId, Workspace found, boolean isActive) {
                                return new WorkspaceEntry(found.id(), found.name(), found.description(), Role.OWNER,
                                        found.createdAt(), isActive);
                            }
                        })),
                WORKSPACES.fault("B82", "STORE-15 STORE-12 STORE-05",
                        "Renaming a workspace renames all workspaces of the user",
                        parts -> parts.use(new Members(parts) {
                            @Override
                            public void updateWorkspace(Caller caller, WorkspaceUpdate input) {
                                super.updateWorkspace(caller, input);
                                accounts.homesOf(input.userId()).stream().flatMap(id -> live(id).stream()).forEach(other ->
                                        accounts.workspaces.put(other.id(), other.renamed(input.name().strip(), null)));
                            }
                        })),
                WORKSPACES.fault("B83", "STORE-10", "Blank names are accepted", parts -> parts.use(new Members(parts) {
                    @Override
                    String checkName(String name) {
                        return name == null || name.isBlank() ? "" : super.checkName(name);
                    }
                })),
                WORKSPACES.fault("B84", "STORE-10", "Names and descriptions of any length are accepted",
                        parts -> parts.use(new Members(parts) {
                            @Override
                            String checkName(String name) {
                                boolean fits = name == null || name.strip().length() <= LONGEST_NAME;
                                return fits ? super.checkName(name) : name.strip();
                            }

                            @Override
                            void checkDescription(String description) {
                                // The column is wide enough.
                            }
                        })),
                WORKSPACES.fault("B85", "STORE-12 STORE-08 STORE-15 STORE-06", Set.of(Need.CONCURRENT),
                        "An update reads the workspace before the transaction that writes it, and undoes a removal",
                        parts -> parts.use(new LostRemoval(parts))));
    }

    private static final class CachedRoles extends Members {
        private final Map<Membership, Optional<Role>> roles = new ConcurrentHashMap<>();

        CachedRoles(Parts parts) {
            super(parts);
        }

        @Override
        public Role getWorkspaceRole(Caller caller, Membership input) {
            return roles.computeIfAbsent(input, asked -> Optional.ofNullable(super.getWorkspaceRole(caller, asked)))
                    .orElse(null);
        }
    }

    /** The removed workspace stays active, and is what the member gets as default. */
    private static final class StaleActive extends Members {
        StaleActive(Parts parts) {
            super(parts);
        }

        @Override
        void leave(String remover, String workspaceId) {
            rehome(remover, workspaceId);
        }

        @Override
        Optional<Workspace> active(String userId) {
            return Optional.ofNullable(accounts.active.get(userId)).map(accounts.workspaces::get);
        }
    }

    private static final class StillListed extends Members {
        StillListed(Parts parts) {
            super(parts);
        }

        @Override
        public List<WorkspaceEntry> listUserWorkspaces(Caller caller, UserRef input) {
            checkUser(input.userId());
            String active = accounts.active.get(input.userId());
            return accounts.homesOf(input.userId()).stream().map(accounts.workspaces::get)
                    .filter(found -> !found.removed()
                            || accounts.membersOf(found.id()).get(input.userId()) != Role.OWNER)
                    .map(found -> entry(input.userId(), found, found.id().equals(active))).toList();
        }
    }

    private static final class SeveralActive extends Members {
        private final Map<String, Set<String>> flags;

        SeveralActive(Parts parts) {
            super(parts);
            flags = parts.disk.extra("flags", ConcurrentHashMap::new);
        }

        @Override
        public void setActiveWorkspace(Caller caller, Membership input) {
            super.setActiveWorkspace(caller, input);
            flags.computeIfAbsent(input.userId(), user -> ConcurrentHashMap.newKeySet()).add(input.workspaceId());
        }

        @Override
        WorkspaceEntry entry(String userId, Workspace found, boolean isActive) {
            return super.entry(userId, found, isActive || flags.getOrDefault(userId, Set.of()).contains(found.id()));
        }
    }

    private static final class LostRemoval extends Members {
        LostRemoval(Parts parts) {
            super(parts);
        }

        @Override
        public void updateWorkspace(Caller caller, WorkspaceUpdate input) {
            Workspace read = checkMember(input.userId(), input.workspaceId());
            checkMayUpdate(role(new Membership(input.userId(), input.workspaceId())));
            String name = checkName(input.name());
            checkDescription(input.description());
            parts.transact(accounts, () -> accounts.workspaces.put(read.id(), read.renamed(name, input.description())));
        }
    }
}
