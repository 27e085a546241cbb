package dev.or3.tck.matrix.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.control.Controls;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.api.sync.Hlc;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.Scope;
import dev.or3.tck.api.sync.Stamp;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.api.workspaces.Workspaces;
import dev.or3.tck.suites.connect.Curl;
import dev.or3.tck.suites.connect.LostAnswerException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A fresh workspace for the examination, with one owner and one device. */
final class Ward {
    static final String TABLE = "threads";
    static final String DEVICE = "doctor-device";

    private static final int NOT_IMPLEMENTED = 501;

    private final Provider provider;
    private final Manifest manifest;
    private final Hlc.Clock clock = new Hlc.Clock("doctor00", System::currentTimeMillis);
    private final Optional<WatchedProvider> watched;
    private Caller owner;
    private Caller other;

    Ward(Provider provider, Manifest manifest) {
        this.provider = provider;
        this.watched = provider instanceof WatchedProvider there ? Optional.of(there) : Optional.empty();
        this.manifest = manifest;
    }

    /** Makes the workspace, by the control or as a host would. */
    List<Finding> admit() {
        if (manifest.hasControl("provision")) {
            Controls.Provisioned made = provider.controls().provision(List.of(Role.OWNER, Role.EDITOR));
            if (made == null || made.userIds() == null || made.userIds().size() != 2) {
                throw new Doctor.Unexpected("no workspace with two users: " + made);
            }
            owner = Caller.of(made.userIds().get(0), made.workspaceId());
            other = Caller.of(made.userIds().get(1), made.workspaceId());
            return List.of(Finding.ok("workspace", "the control provision makes one"));
        }
        if (!manifest.hasComponent("workspaces")) {
            return List.of(Finding.fail("workspace", "there is no way to make one",
                    "offer the control provision, or the component workspaces"));
        }
        Workspaces workspaces = provider.workspaces();
        var user = workspaces.getOrCreateUser(null,
                new Workspaces.NewUser("or3-tck", UUID.randomUUID().toString(), null, null));
        var workspace = workspaces.createWorkspace(Caller.of(user.userId(), null),
                new Workspaces.NewWorkspace(user.userId(), "examination", null));
        owner = Caller.of(user.userId(), workspace.workspaceId());
        return List.of(Finding.ok("workspace", "the component workspaces makes one"));
    }

    Provider provider() {
        return provider;
    }

    Manifest manifest() {
        return manifest;
    }

    Caller owner() {
        if (owner == null) {
            throw new Doctor.Unexpected("nothing: there is no workspace to ask about");
        }
        return owner;
    }

    /** Another member, where the control provision makes some. */
    Optional<Caller> other() {
        return Optional.ofNullable(other);
    }

    /** Whether the provider runs elsewhere. */
    boolean isElsewhere() {
        return watched.isPresent();
    }

    /** The request that was sent last, where the provider runs elsewhere. */
    Optional<Curl> last() {
        return watched.flatMap(WatchedProvider::last);
    }

    /** Whether the provider, running elsewhere, has been taking so long over its last request. */
    boolean waitsFor(Duration time) {
        return watched.isPresent() && watched.get().waitsFor(time);
    }

    Scope scope() {
        return new Scope(owner().workspaceId());
    }

    /** A complete record under a fresh key. */
    Operation put() {
        String pk = UUID.randomUUID().toString();
        WireSchema.Table table = WireSchema.current().table(TABLE).orElseThrow();
        ObjectNode record = Json.mapper().createObjectNode();
        long now = System.currentTimeMillis() / 1000;
        table.fields().forEach((name, field) -> {
            switch (field.type()) {
                case text -> record.put(name, name.equals(table.key()) ? pk : "examination");
                case integer, number -> record.put(name, 1);
                case bool -> record.put(name, false);
                case json -> record.putObject(name);
                case time -> record.put(name, now);
            }
        });
        return new Operation(UUID.randomUUID().toString(), TABLE, Operation.PUT, pk, JsonText.of(record),
                new Stamp(DEVICE, UUID.randomUUID().toString(), clock.tick().toString(), 1), now, 0, "pending");
    }

    /**
     * Compares what is declared with what is answered.
     *
     * @param kind     capability, control or component
     * @param declared whether the manifest names it
     */
    Finding honesty(String kind, String name, boolean declared, Runnable call) {
        return judge(kind + " " + name, declared, call).repeatedBy(last());
    }

    private static Finding judge(String subject, boolean declared, Runnable call) {
        try {
            call.run();
            return declared ? Finding.ok(subject, "declared, and it works")
                    : Finding.warn(subject, "works, but the manifest does not declare it",
                            "declare it, or answer 501: what is not declared is not certified");
        } catch (ProviderException e) {
            if (!declared) {
                return e.status() == NOT_IMPLEMENTED ? Finding.ok(subject, "not declared, and it answers 501")
                        : Finding.warn(subject, "is not declared, yet it answers " + Doctor.words(e), "answer 501");
            }
            return Finding.fail(subject, "is declared, yet it answers " + Doctor.words(e),
                    e.status() == NOT_IMPLEMENTED ? "implement it, or take it out of the manifest" : "correct it");
        } catch (LostAnswerException e) {
            return Finding.broken(subject, "gets no answer: " + e.getMessage(),
                    "see the log of the bridge: answers that are lost are not judged");
        } catch (RuntimeException e) {
            return Finding.fail(subject, "answers with " + Doctor.words(e),
                    declared ? "correct it, or take it out of the manifest" : "answer 501");
        }
    }
}
