package dev.or3.tck.suites.connect;

import dev.or3.tck.api.ProviderFactory;
import dev.or3.tck.suites.backend.KitEnvironment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Starts processes of one provider, over one place for its files. */
interface Launcher {

    /**
     * What a process is started with beside what its launcher gives to all.
     *
     * @param variables further variables
     * @param without   variables that it must not inherit
     */
    record Start(Map<String, String> variables, Set<String> without) {
        public Start {
            variables = Map.copyOf(variables);
            without = Set.copyOf(without);
        }

        /** All variables of a process that would have the given ones. */
        Map<String, String> over(Map<String, String> given) {
            Map<String, String> all = new HashMap<>(given);
            all.keySet().removeAll(without);
            all.putAll(variables);
            return all;
        }
    }

    /**
     * Starts a process, and does not wait for it.
     *
     * @param index  which instance of the provider it is, from 0
     * @param output takes what it writes
     * @throws UnreachableException if it cannot be started
     */
    Running start(int index, Start start, Output output);

    /** What is started, fit to be written down. */
    String name();

    /** The same, as the subject of a sentence. */
    String subject();

    /** What one that never answers is most likely to have missed. */
    String advice();

    /** How long a process may take until its manifest comes. */
    Duration limit();

    /** All that a process can know and must not tell. */
    Secrets secrets();

    /** What the kit tells every process. */
    KitEnvironment environment();

    /** Where the processes keep what they store, as far as the kit can look into it. */
    List<Path> storage(Optional<ProviderFactory.StorageSettings> named);

    /** Whether it gives a variable a value that nobody can take back. */
    boolean sets(String variable);

    /** Whether a process that ended may do better if it is started once more, after these last words. */
    boolean mayStartAgain(String lastWords);

    /** Another launcher of the same, over a new place for its files. */
    Launcher fresh();

    /** Files where the processes find them. */
    Place place(Map<String, String> files);

    /** Gives back what was made for the processes, which have ended. May be called again. */
    void release();
}
