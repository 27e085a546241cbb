package dev.or3.tck.suites.check.store;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Limits;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Profile;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.ProviderFactory;
import dev.or3.tck.api.control.Controls;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.api.workspaces.Workspaces;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Providers of workspaces that keep nothing: they refuse, say nothing, agree to everything, or give back what they got. */
enum HollowWorkspaces implements Workspaces {
    REFUSES {
        @Override
        <T> T say(T agreeable, T echo) {
            throw ProviderException.forbidden("no");
        }
    },
    FAILS {
        @Override
        <T> T say(T agreeable, T echo) {
            throw new IllegalStateException("broken");
        }
    },
    SAYS_NOTHING {
        @Override
        <T> T say(T agreeable, T echo) {
            return null;
        }
    },
    AGREES {
        @Override
        <T> T say(T agreeable, T echo) {
            return agreeable;
        }
    },
    ECHOES {
        @Override
        <T> T say(T agreeable, T echo) {
            return echo;
        }
    };

    abstract <T> T say(T agreeable, T echo);

    @Override
    public UserRef getOrCreateUser(Caller caller, NewUser input) {
        return say(new UserRef("user"), new UserRef(input.provider() + "\n" + input.providerUserId()));
    }

    @Override
    public User getUser(Caller caller, Identity input) {
        return say(new User("user", null, null), new User(input.provider() + "\n" + input.providerUserId(), null, null));
    }

    @Override
    public DefaultWorkspace getOrCreateDefaultWorkspace(Caller caller, UserRef input) {
        return say(new DefaultWorkspace("workspace", "Name", false), new DefaultWorkspace(input.userId(), "Name", false));
    }

    @Override
    public Role getWorkspaceRole(Caller caller, Membership input) {
        return say(Role.OWNER, null);
    }

    @Override
    public List<WorkspaceEntry> listUserWorkspaces(Caller caller, UserRef input) {
        return say(List.of(new WorkspaceEntry("workspace", "Name", null, Role.OWNER, 1L, true)), List.of());
    }

    @Override
    public WorkspaceRef createWorkspace(Caller caller, NewWorkspace input) {
        return say(new WorkspaceRef("workspace"), new WorkspaceRef(input.name()));
    }

    @Override
    public void updateWorkspace(Caller caller, WorkspaceUpdate input) {
        say("", "");
    }

    @Override
    public void removeWorkspace(Caller caller, Membership input) {
        say("", "");
    }

    @Override
    public void setActiveWorkspace(Caller caller, Membership input) {
        say("", "");
    }

    ProviderFactory factory() {
        return new ProviderFactory() {
            @Override
            public String id() {
                return "hollow";
            }

            @Override
            public Provider open(ProviderConfig config) {
                return new Hollow(HollowWorkspaces.this);
            }
        };
    }

    private record Hollow(Workspaces workspaces) implements Provider {
        @Override
        public Manifest manifest() {
            return new Manifest(Manifest.PROTOCOL, new Manifest.Identity("hollow", "hollow", "1"), Profile.V1_1,
                    Map.of("workspaces", new Manifest.Component(Set.of("getUser"), null)), Limits.UNKNOWN, List.of(), false,
                    List.of("provision", "restart"));
        }

        @Override
        public Controls controls() {
            return new Controls() {
                @Override
                public Provisioned provision(List<Role> members) {
                    return new Provisioned(UUID.randomUUID().toString(),
                            members.stream().map(role -> UUID.randomUUID().toString()).toList());
                }

                @Override
                public void restart() {
                    // There is nothing to lose.
                }
            };
        }

        @Override
        public void close() {
            // There is nothing to release.
        }
    }
}
