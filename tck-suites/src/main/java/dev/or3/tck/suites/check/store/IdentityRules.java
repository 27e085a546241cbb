package dev.or3.tck.suites.check.store;

import dev.or3.tck.api.workspaces.Workspaces.Identity;
import dev.or3.tck.suites.check.store.StoreCall.Method;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One user for one identity, always and at once; another for every other identity (STORE-01, -02, -03, -11). */
final class IdentityRules {
    private final StoreFacts facts;
    private final StoreFindings findings;
    private final Map<Identity, List<StoreCall>> asked = new LinkedHashMap<>();
    private final Set<String> users = new HashSet<>();

    private IdentityRules(StoreFacts facts, StoreFindings findings) {
        this.facts = facts;
        this.findings = findings;
        for (StoreCall call : facts.calls(Method.ENTER)) {
            asked.computeIfAbsent(call.identity(), any -> new ArrayList<>()).add(call);
            if (call.answer().user() != null) {
                users.add(call.answer().user());
            }
        }
    }

    static void judge(StoreFacts facts, StoreFindings findings) {
        IdentityRules rules = new IdentityRules(facts, findings);
        rules.asked.forEach(rules::judgeOne);
        facts.calls(Method.FIND).forEach(rules::judgeFind);
        rules.judgeApart();
    }

    private void judgeOne(Identity identity, List<StoreCall> calls) {
        List<StoreCall> told = calls.stream().filter(call -> call.answer().user() != null).toList();
        calls.forEach(call -> judgeAccepted(identity, call, told));
        if (told.isEmpty()) {
            return;
        }
        StoreCall first = told.get(0);
        Optional<StoreCall> rival = told.stream().filter(call -> call != first && call.overlaps(first)).findFirst();
        for (StoreCall call : told) {
            if (!call.answer().user().equals(first.answer().user())) {
                StoreCall before = latestOtherwise(told, call);
                boolean restarted = before.precedes(call) && facts.restartedBetween(before, call);
                String rule = restarted ? "STORE-11" : rival.isPresent() ? "STORE-02" : "STORE-01";
                String circumstance = restarted ? ", and the provider was restarted since"
                        : rival.isPresent() ? ", while several asked at the same time" : "";
                findings.violated(rule, null, "Because " + before.called() + " was told that " + words(identity)
                                + " is user " + before.answer().user() + circumstance + ", yet " + call.called()
                                + " was told that it is user " + call.answer().user() + ".",
                        "user " + before.answer().user(), "user " + call.answer().user(), before, call,
                        rival.orElse(null));
                return;
            }
        }
        findings.premise("STORE-02", rival.isPresent() ? 1 : 0);
        findings.premise("STORE-01", told.stream().anyMatch(first::precedes) && users.size() > 1 ? 1 : 0);
        findings.premise("STORE-11", told.stream().anyMatch(call -> facts.restartedBetween(first, call)) ? 1 : 0);
    }

    /** The latest call before this one that was told another user, or else the first such call. */
    private static StoreCall latestOtherwise(List<StoreCall> told, StoreCall call) {
        List<StoreCall> others = told.stream().filter(other -> !other.answer().user().equals(call.answer().user())).toList();
        return others.stream().filter(other -> other.precedes(call)).reduce((earlier, later) -> later)
                .orElse(others.get(0));
    }

    private void judgeAccepted(Identity identity, StoreCall call, List<StoreCall> told) {
        boolean empty = call.isOk() && call.answer().user() == null;
        if (!empty && !call.isTurnedDown() || !isPlain(identity.provider()) || !isPlain(identity.providerUserId())) {
            return;
        }
        Optional<StoreCall> rival = told.stream().filter(call::overlaps).findFirst();
        findings.violated(rival.isPresent() ? "STORE-02" : "STORE-01", null,
                "Because " + words(identity) + " is a well-formed identity"
                        + rival.map(other -> ", for which " + other.called() + " got user " + other.answer().user()
                        + " at the same time").orElse("") + ", yet " + call.called() + " got " + call.outcome() + ".",
                "the user of that identity", call.outcome(), call, rival.orElse(null));
    }

    private void judgeFind(StoreCall find) {
        if (!find.isOk()) {
            return;
        }
        List<StoreCall> calls = asked.getOrDefault(find.identity(), List.of());
        String found = find.answer().user();
        Optional<StoreCall> before = calls.stream().filter(call -> call.answer().user() != null && call.precedes(find))
                .reduce((earlier, later) -> later);
        if (before.isPresent() && !before.get().answer().user().equals(found)) {
            StoreCall known = before.get();
            String rule = facts.restartedBetween(known, find) ? "STORE-11" : "STORE-01";
            findings.violated(rule, null, "Because " + known.called() + " was told that " + words(find.identity())
                            + " is user " + known.answer().user() + ", yet " + find.called() + " found "
                            + find.outcome() + ".",
                    "user " + known.answer().user(), find.outcome(), known, find);
        } else if (found != null && calls.stream().noneMatch(call -> call.mayTakeEffect() && !find.precedes(call))) {
            findings.violated("STORE-03", null, "Because nobody had asked for " + words(find.identity())
                            + " before, yet " + find.called() + " found user " + found + " for it.",
                    "null", find.outcome(), find, firstNamed(found));
        }
    }

    private void judgeApart() {
        Map<String, StoreCall> owners = new LinkedHashMap<>();
        asked.forEach((identity, calls) -> calls.stream().filter(call -> call.answer().user() != null).forEach(call -> {
            StoreCall owner = owners.putIfAbsent(call.answer().user(), call);
            if (owner != null && !owner.identity().equals(identity)) {
                findings.violated("STORE-03", null, "Because " + words(owner.identity()) + " and " + words(identity)
                                + " are two identities, yet " + owner.called() + " and " + call.called()
                                + " were both told that they are user " + call.answer().user() + ".",
                        "two users", "one user, " + call.answer().user(), owner, call);
            }
        }));
        if (!findings.violates("STORE-03")) {
            findings.premise("STORE-03", twins(owners.values()));
        }
    }

    /**
     * How many pairs of users have identities that a careless provider would take for one: alike in the id, or in provider
     * and id together.
     */
    private static long twins(Collection<StoreCall> owners) {
        Map<List<String>, Long> alike = new HashMap<>();
        long pairs = 0;
        for (StoreCall owner : owners) {
            String id = folded(owner.identity().providerUserId());
            String whole = folded(owner.identity().provider()) + id;
            pairs += alike.merge(List.of("id", id), 1L, Long::sum) - 1;
            pairs += alike.merge(List.of("whole", whole), 1L, Long::sum) - 1;
            pairs -= alike.merge(List.of("both", id, whole), 1L, Long::sum) - 1;
        }
        return pairs;
    }

    private static String folded(String text) {
        String plain = Normalizer.normalize(String.valueOf(text), Normalizer.Form.NFKD);
        return plain.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }

    private StoreCall firstNamed(String user) {
        return facts.calls(Method.ENTER).stream().filter(call -> user.equals(call.answer().user())).findFirst().orElse(null);
    }

    /** Whether nobody could call it malformed. */
    private static boolean isPlain(String text) {
        return text != null && !text.isBlank() && text.equals(text.strip());
    }

    private static String words(Identity identity) {
        return "(" + identity.provider() + ", " + identity.providerUserId() + ")";
    }
}
