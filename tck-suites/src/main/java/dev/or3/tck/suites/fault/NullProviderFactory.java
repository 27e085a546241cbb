package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.ProviderFactory;
import dev.or3.tck.api.config.Configuration;
import dev.or3.tck.api.jobs.Jobs;
import dev.or3.tck.api.limits.RateLimits;
import dev.or3.tck.api.notifications.Notifications;
import dev.or3.tck.api.storage.Storage;
import dev.or3.tck.api.sync.Sync;
import dev.or3.tck.api.workspaces.Workspaces;
import java.lang.reflect.Proxy;
import java.util.Locale;

/**
 * Starts providers that do nothing: a kit that lets one of them pass a must rule has not looked. The setting
 * {@code OR3_NULL_ANSWER} says what they answer: {@code refuse} (the default) refuses every call, {@code empty} finds
 * nothing and stores nothing, {@code success} says yes to everything, {@code echo} gives back what it is told.
 */
public final class NullProviderFactory implements ProviderFactory {

    /** The setting that says what is answered. */
    public static final String ANSWER_SETTING = "OR3_NULL_ANSWER";

    private enum Answer { REFUSE, EMPTY, SUCCESS, ECHO }

    @Override
    public String id() {
        return "null";
    }

    /**
     * @throws IllegalArgumentException naming the setting if its value is unknown
     */
    @Override
    public Provider open(ProviderConfig config) {
        Answer answer = answer(config.settings().getOrDefault(ANSWER_SETTING, "refuse"));
        return switch (answer) {
            case REFUSE -> provider(answer, refusing(Sync.class), refusing(Workspaces.class));
            case EMPTY -> provider(answer, new NullSync.Empty(), new NullWorkspaces.Empty());
            case SUCCESS -> provider(answer, new NullSync.Agreeing(), new NullWorkspaces.Agreeing());
            case ECHO -> provider(answer, new NullSync.Echo(), new NullWorkspaces.Echo());
        };
    }

    private static Provider provider(Answer answer, Sync sync, Workspaces workspaces) {
        return new NullProvider(sync, workspaces, component(answer, RateLimits.class),
                component(answer, Storage.class), component(answer, Jobs.class), component(answer, Notifications.class),
                component(answer, Configuration.class));
    }

    private static <T> T component(Answer answer, Class<T> type) {
        return switch (answer) {
            case REFUSE -> refusing(type);
            case EMPTY -> NullComponents.empty(type);
            case SUCCESS -> NullComponents.agreeing(type);
            case ECHO -> NullComponents.echo(type);
        };
    }

    private static Answer answer(String value) {
        for (Answer answer : Answer.values()) {
            if (answer.name().toLowerCase(Locale.ROOT).equals(value)) {
                return answer;
            }
        }
        throw new IllegalArgumentException(ANSWER_SETTING + " must be refuse, empty, success or echo, not '" + value + "'");
    }

    private static <T> T refusing(Class<T> component) {
        return component.cast(Proxy.newProxyInstance(component.getClassLoader(), new Class<?>[] {component},
                (proxy, method, arguments) -> {
                    throw ProviderException.badRequest("this provider refuses everything");
                }));
    }
}
