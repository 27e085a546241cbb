package dev.or3.tck.matrix.cli.hostile;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Profile;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.ProviderFactory;
import dev.or3.tck.api.control.Controls;
import dev.or3.tck.api.sync.CursorUpdate;
import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.api.sync.PullRequest;
import dev.or3.tck.api.sync.PullResponse;
import dev.or3.tck.api.sync.PushRequest;
import dev.or3.tck.api.sync.PushResponse;
import dev.or3.tck.api.sync.Sync;
import dev.or3.tck.api.workspaces.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/** Providers that do what no provider should. Each is loaded from a directory, as an author's would be. */
public abstract class Hostile implements ProviderFactory {
    private static final CountDownLatch NEVER = new CountDownLatch(1);

    @Override
    public String id() {
        return "hostile";
    }

    static void hang() {
        try {
            NEVER.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Cannot even be made. */
    public static final class ThrowsWhenLoaded extends Hostile {
        public ThrowsWhenLoaded() {
            throw new IllegalStateException("no licence found");
        }

        @Override
        public Provider open(ProviderConfig config) {
            return null;
        }
    }

    /** Cannot be made in any time. */
    public static final class HangsAtStart extends Hostile {
        @Override
        public Provider open(ProviderConfig config) {
            hang();
            return null;
        }
    }

    /** Fails on its own. */
    public static final class ThrowsAtStart extends Hostile {
        @Override
        public Provider open(ProviderConfig config) {
            throw new UnsupportedOperationException("no driver\nfor this machine");
        }
    }

    /** Is told wrong settings. */
    public static final class RefusesItsSettings extends Hostile {
        @Override
        public Provider open(ProviderConfig config) {
            throw new IllegalArgumentException("HOSTILE_URL is missing: set it to the address of the server");
        }
    }

    /** Starts nothing. */
    public static final class StartsNothing extends Hostile {
        @Override
        public Provider open(ProviderConfig config) {
            return null;
        }
    }

    /** Has no name. */
    public static final class Nameless extends Hostile {
        @Override
        public String id() {
            return null;
        }

        @Override
        public Provider open(ProviderConfig config) {
            return null;
        }
    }

    /** Says nothing of itself. */
    public static final class SaysNothing extends Hostile {
        @Override
        public Provider open(ProviderConfig config) {
            return new Answering() {
                @Override
                public Manifest manifest() {
                    return null;
                }
            };
        }
    }

    /** Leaves threads behind that nobody ends. */
    public static final class LeaksThreads extends Hostile {
        @Override
        public Provider open(ProviderConfig config) {
            new Thread(Hostile::hang, "leaked").start();
            return new Answering();
        }
    }

    /** Answers null and elements of null. */
    public static final class AnswersGarbage extends Hostile {
        @Override
        public Provider open(ProviderConfig config) {
            return new Answering();
        }
    }

    /** Tells its token in whatever it says. */
    public static final class EchoesItsToken extends Hostile {
        @Override
        public Provider open(ProviderConfig config) {
            String token = config.settings().get("API_TOKEN");
            return new Answering() {
                @Override
                public PushResponse push(Caller caller, PushRequest request) {
                    return new PushResponse(request.ops().stream().map(op -> OperationResult.refused(op.stamp().opId(),
                            "VALIDATION_ERROR", "not with the token " + token)).toList(), 0L);
                }

                @Override
                public PullResponse pull(Caller caller, PullRequest request) {
                    throw new IllegalStateException("no connection with " + token);
                }
            };
        }
    }

    /** Never answers a push. */
    public static final class HangsInPush extends Hostile {
        @Override
        public Provider open(ProviderConfig config) {
            return new Answering() {
                @Override
                public PushResponse push(Caller caller, PushRequest request) {
                    hang();
                    return null;
                }
            };
        }
    }

    /** A provider that provisions and answers garbage. */
    private static class Answering implements Provider, Sync, Controls {
        @Override
        public Manifest manifest() {
            return new Manifest(Manifest.PROTOCOL, new Manifest.Identity("hostile", "hostile", "0"), Profile.V1_0,
                    Map.of("sync", Manifest.Component.with()), null, List.of(), false, List.of("provision"));
        }

        @Override
        public Sync sync() {
            return this;
        }

        @Override
        public Controls controls() {
            return this;
        }

        @Override
        public Provisioned provision(List<Role> members) {
            return new Provisioned(UUID.randomUUID().toString(),
                    members.stream().map(member -> UUID.randomUUID().toString()).toList());
        }

        @Override
        public PushResponse push(Caller caller, PushRequest request) {
            return new PushResponse(Arrays.asList(null, null), -1L);
        }

        @Override
        public PullResponse pull(Caller caller, PullRequest request) {
            return null;
        }

        @Override
        public void updateCursor(Caller caller, CursorUpdate update) {
        }

        @Override
        public void close() {
        }
    }
}
