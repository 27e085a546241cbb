package dev.or3.tck.reference.convex;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.admin.Admin.Action;
import dev.or3.tck.api.admin.Admin.ProviderStatus;
import dev.or3.tck.api.admin.Admin.Warning;
import java.util.ArrayList;
import java.util.List;

/** How the provider is, and what an admin can do about it (ADM-01). */
final class Upkeep {
    private static final Action CHECK = new Action("check-deployment", "Check the deployment",
            "Asks the deployment for a sign of life, and tells how long it took", false);
    private static final Action FORGET = new Action("forget-requests", "Forget old requests",
            "Drops the answers kept for requests that nobody makes again", false);

    private final Calls calls;
    private final Settings settings;

    Upkeep(Calls calls, Settings settings) {
        this.calls = calls;
        this.settings = settings;
    }

    ProviderStatus status() {
        List<Warning> warnings = new ArrayList<>();
        boolean answered = calls.isAnswered();
        if (!answered) {
            warnings.add(new Warning("error", "the deployment does not answer"));
        }
        if (settings.url() == null) {
            warnings.add(new Warning("warning", Settings.URL + " is not set: the deployment is only played by this module"));
        }
        if (settings.isInMemory()) {
            warnings.add(new Warning("warning", "everything is lost when this process ends"));
        }
        ObjectNode details = Json.mapper().createObjectNode().put("online", answered)
                .put("deployment", settings.place());
        return new ProviderStatus(JsonText.of(details), warnings, List.of(CHECK, FORGET));
    }

    /** Runs a listed action; what it found. */
    ObjectNode run(String actionId) {
        ObjectNode found = Json.mapper().createObjectNode();
        if (actionId.equals(CHECK.id())) {
            long began = System.nanoTime();
            return found.put("online", calls.isAnswered()).put("micros", (System.nanoTime() - began) / 1000);
        }
        if (actionId.equals(FORGET.id())) {
            return found.put("more", calls.repeatable("mutation", null, "crons:sweep", Json.mapper().createObjectNode(),
                    Boolean.class));
        }
        throw ProviderException.notFound("there is no such action");
    }
}
