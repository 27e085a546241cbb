package dev.or3.tck.suites.check.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.suites.connect.LostAnswerException;
import dev.or3.tck.suites.connect.Target;
import java.util.Random;

/** Loses one request in ten, one answer in ten, and is too busy now and then. */
record LossyTarget(Target target, Random random) implements Target {

    @Override
    public JsonNode call(int instance, String component, String method, Caller caller, JsonNode input) {
        int chance = random.nextInt(20);
        if (chance < 2) {
            throw new LostAnswerException("the request was lost", null);
        }
        if (chance == 2) {
            throw new ProviderException(503, "BUSY", "later");
        }
        JsonNode answer = target.call(instance, component, method, caller, input);
        if (chance < 5) {
            throw new LostAnswerException("the answer was lost", null);
        }
        return answer;
    }

    @Override
    public String description() {
        return target.description();
    }

    @Override
    public Manifest manifest() {
        return target.manifest();
    }

    @Override
    public int instances() {
        return target.instances();
    }

    @Override
    public Provider instance(int index) {
        return target.instance(index);
    }

    @Override
    public long clockOffset() {
        return target.clockOffset();
    }

    @Override
    public void setClock(long offsetSeconds) {
        target.setClock(offsetSeconds);
    }

    @Override
    public void restart() {
        target.restart();
    }

    @Override
    public void close() {
        target.close();
    }
}
