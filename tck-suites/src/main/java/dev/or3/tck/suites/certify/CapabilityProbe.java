package dev.or3.tck.suites.certify;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.suites.connect.LostAnswerException;
import dev.or3.tck.suites.connect.SilenceException;
import dev.or3.tck.suites.connect.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Checks capabilities both ways: what is declared must not answer 501, what is not declared must. Nothing is judged here
 * beyond that; each call is made as a stranger, so that it leaves no trace.
 */
public final class CapabilityProbe {
    private static final int NOT_IMPLEMENTED = 501;
    private static final String NO_FILE = "sha256:" + "0".repeat(64);

    /** A method that only a capability brings, and an input that binds. */
    private record Method(String component, String name, String capability, String input) {
    }

    private static final List<Method> METHODS = List.of(
            new Method("sync", "gcChangeLog", "gc", "{'scope':{'workspaceId':'W'},'retentionSeconds':86400}"),
            new Method("sync", "gcTombstones", "gc", "{'scope':{'workspaceId':'W'},'retentionSeconds':86400}"),
            new Method("sync", "snapshot", "snapshot", "{'scope':{'workspaceId':'W'},'pageSize':10}"),
            new Method("workspaces", "getUser", "getUser", "{'provider':'or3-tck','providerUserId':'U'}"),
            new Method("storage", "commit", "commit", "{'workspace_id':'W','hash':'" + NO_FILE + "','size_bytes':1}"),
            new Method("storage", "deleteObject", "delete", "{'workspaceId':'W','hash':'" + NO_FILE + "'}"),
            new Method("storage", "gc", "gc", "{'workspace_id':'W','retention_seconds':86400}"));

    private CapabilityProbe() {
    }

    /**
     * A capability that is not what the manifest says.
     *
     * @param declared whether the manifest declares it
     */
    public record Lie(String component, String capability, String method, boolean declared) {
        /** The lie in one sentence. */
        public String sentence() {
            return declared
                    ? "the manifest declares the capability " + capability + ", yet " + component + "." + method
                            + " answers 501"
                    : "the manifest does not declare the capability " + capability + ", yet " + component + "." + method
                            + " answers as if it were there; it should answer 501, or the capability be declared";
        }
    }

    /**
     * The capabilities that are not what the manifest says.
     *
     * @param limit after that no further method is asked for
     * @throws SilenceException if one never answers
     */
    static List<Lie> probe(Target target, Duration limit) {
        long began = System.nanoTime();
        List<Lie> lies = new ArrayList<>();
        for (Method method : METHODS) {
            if (System.nanoTime() - began < limit.toNanos() && target.manifest().hasComponent(method.component())) {
                boolean declared = target.manifest().hasCapability(method.component(), method.capability());
                if (declared == answers501(target, method)) {
                    lies.add(new Lie(method.component(), method.capability(), method.name(), declared));
                }
            }
        }
        return lies;
    }

    private static boolean answers501(Target target, Method method) {
        String nobody = UUID.randomUUID().toString();
        String input = method.input().replace('\'', '"').replace("\"W\"", '"' + nobody + '"')
                .replace("\"U\"", '"' + nobody + '"');
        try {
            target.call(0, method.component(), method.name(), Caller.of(nobody, nobody), Json.parse(input));
            return false;
        } catch (ProviderException refused) {
            return refused.status() == NOT_IMPLEMENTED;
        } catch (SilenceException never) {
            throw never;
        } catch (LostAnswerException unknown) {
            return !target.manifest().hasCapability(method.component(), method.capability());
        } catch (RuntimeException failed) {
            return false;
        }
    }
}
