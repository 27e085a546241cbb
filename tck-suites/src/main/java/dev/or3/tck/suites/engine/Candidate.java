package dev.or3.tck.suites.engine;

import dev.or3.tck.api.ProviderFactory;
import dev.or3.tck.api.catalogue.Catalogue;
import dev.or3.tck.api.catalogue.Rule;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.ConfigurationParameters;

/**
 * A test class that names a provider, looked at. Whatever is wrong with it is told when it runs, not while tests are looked
 * for, which would take all other tests down.
 *
 * @param testClass     the class
 * @param configuration how it is certified
 * @param factory       the provider's factory; null if there is trouble
 * @param providerId    the provider's id; the simple name of the class if there is trouble
 * @param settings      the provider's settings
 * @param rules         the rules that become tests
 * @param trouble       what is wrong with the class
 */
record Candidate(Class<?> testClass, Configuration configuration, ProviderFactory factory, String providerId,
        Map<String, String> settings, List<Rule> rules, Optional<RuntimeException> trouble) {

    static Candidate of(Class<?> testClass, ConfigurationParameters parameters) {
        Configuration configuration = new Configuration(testClass, parameters);
        try {
            CertifiedProvider test = (CertifiedProvider) ReflectionSupport.newInstance(testClass);
            ProviderFactory factory = required(test.provider(), testClass, "provider()");
            String id = required(factory.id(), testClass, "provider().id()");
            Map<String, String> settings = Map.copyOf(required(test.settings(), testClass, "settings()"));
            configuration.settings(List.of());
            configuration.instances();
            return new Candidate(testClass, configuration, factory, id, settings, configuration.rules(), Optional.empty());
        } catch (Exception | LinkageError e) {
            String why = e.getMessage() == null ? e.toString() : e.getMessage();
            return new Candidate(testClass, configuration, null, testClass.getSimpleName(), Map.of(),
                    Catalogue.current().rules(),
                    Optional.of(new IllegalStateException(testClass.getName() + " cannot be certified: " + why, e)));
        }
    }

    private static <T> T required(T value, Class<?> testClass, String what) {
        if (value == null) {
            throw new IllegalStateException(what + " of " + testClass.getSimpleName() + " returned null");
        }
        return value;
    }

    static boolean isCertified(Class<?> candidate) {
        return CertifiedProvider.class.isAssignableFrom(candidate) && !candidate.isInterface()
                && !Modifier.isAbstract(candidate.getModifiers())
                && (!candidate.isMemberClass() || Modifier.isStatic(candidate.getModifiers()))
                && !candidate.isAnonymousClass() && !candidate.isLocalClass();
    }
}
