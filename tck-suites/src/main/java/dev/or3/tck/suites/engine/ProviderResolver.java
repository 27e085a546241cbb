package dev.or3.tck.suites.engine;

import dev.or3.tck.api.catalogue.Catalogue;
import dev.or3.tck.api.catalogue.Rule;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.ConfigurationParameters;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.discovery.MethodSelector;
import org.junit.platform.engine.discovery.UniqueIdSelector;
import org.junit.platform.engine.support.discovery.SelectorResolver;

/**
 * From selectors to descriptors. Unique ids name the provider, not the class: {@code [provider:sqlite]/[rule:PUSH-05]}.
 * Where several classes of one run certify providers of the same id, the later ones carry their name too:
 * {@code [provider:sqlite@a.b.OtherTest]}. A unique id alone is looked for among the classes of the class path's
 * directories.
 */
final class ProviderResolver implements SelectorResolver {
    private static final String CLASS = "@";

    private final UniqueId engine;
    private final ConfigurationParameters parameters;
    private final Map<Class<?>, Candidate> candidates = new HashMap<>();
    private final Map<Class<?>, String> names = new HashMap<>();
    private final Map<String, Class<?>> classes = new HashMap<>();

    ProviderResolver(UniqueId engine, ConfigurationParameters parameters) {
        this.engine = engine;
        this.parameters = parameters;
    }

    @Override
    public Resolution resolve(ClassSelector selector, Context context) {
        return Candidate.isCertified(selector.getJavaClass()) ? provider(selector.getJavaClass(), context)
                : Resolution.unresolved();
    }

    @Override
    public Resolution resolve(MethodSelector selector, Context context) {
        if (Catalogue.current().find(selector.getMethodName()).isEmpty()
                || !Candidate.isCertified(selector.getJavaClass())) {
            return Resolution.unresolved();
        }
        return rule(id(selector.getJavaClass()), selector.getMethodName(), context);
    }

    @Override
    public Resolution resolve(UniqueIdSelector selector, Context context) {
        UniqueId id = selector.getUniqueId();
        UniqueId.Segment last = id.getLastSegment();
        return switch (last.getType()) {
            case ProviderDescriptor.SEGMENT -> testClass(last.getValue()).map(found -> provider(found, context))
                    .orElse(Resolution.unresolved());
            case GroupDescriptor.SEGMENT -> group(id.removeLastSegment(), last.getValue(), context);
            case RuleDescriptor.SEGMENT -> rule(id.removeLastSegment(), last.getValue(), context);
            default -> Resolution.unresolved();
        };
    }

    private Resolution provider(Class<?> testClass, Context context) {
        UniqueId id = id(testClass);
        return match(context.addToParent(parent -> Optional.of(new ProviderDescriptor(id, candidate(testClass)))));
    }

    private Candidate candidate(Class<?> testClass) {
        return candidates.computeIfAbsent(testClass, found -> Candidate.of(found, parameters));
    }

    private UniqueId id(Class<?> testClass) {
        String name = names.get(testClass);
        if (name == null) {
            String id = candidate(testClass).providerId();
            name = classes.containsKey(id) ? id + CLASS + testClass.getName() : id;
            name(testClass, name);
        }
        return engine.append(ProviderDescriptor.SEGMENT, name);
    }

    private void name(Class<?> testClass, String name) {
        names.put(testClass, name);
        classes.put(name, testClass);
    }

    private Resolution group(UniqueId provider, String group, Context context) {
        return match(context.addToParent(() -> DiscoverySelectors.selectUniqueId(provider), parent ->
                parent instanceof ProviderDescriptor found
                        && found.candidate().rules().stream().anyMatch(rule -> rule.group().equals(group))
                        ? Optional.of(new GroupDescriptor(provider.append(GroupDescriptor.SEGMENT, group), group))
                        : Optional.empty()));
    }

    private Resolution rule(UniqueId provider, String id, Context context) {
        Optional<Rule> rule = Catalogue.current().find(id);
        if (rule.isEmpty()) {
            return Resolution.unresolved();
        }
        UniqueId group = provider.append(GroupDescriptor.SEGMENT, rule.get().group());
        return match(context.addToParent(() -> DiscoverySelectors.selectUniqueId(group), parent ->
                parent.getParent().map(ProviderDescriptor.class::cast).map(ProviderDescriptor::candidate)
                        .filter(candidate -> candidate.rules().contains(rule.get()))
                        .map(candidate -> new RuleDescriptor(provider.append(RuleDescriptor.SEGMENT, id),
                                candidate.testClass(), rule.get()))));
    }

    private static Resolution match(Optional<? extends TestDescriptor> descriptor) {
        return descriptor.map(found -> Resolution.match(Match.exact(found, () -> children(found))))
                .orElse(Resolution.unresolved());
    }

    /** What comes along with a descriptor that was selected itself. */
    private static Set<DiscoverySelector> children(TestDescriptor parent) {
        Set<DiscoverySelector> children = new LinkedHashSet<>();
        if (parent instanceof ProviderDescriptor provider) {
            provider.candidate().rules().forEach(rule -> children.add(DiscoverySelectors.selectUniqueId(
                    provider.getUniqueId().append(GroupDescriptor.SEGMENT, rule.group()))));
        } else if (parent instanceof GroupDescriptor group) {
            ProviderDescriptor provider = (ProviderDescriptor) group.getParent().orElseThrow();
            provider.candidate().rules().stream().filter(rule -> rule.group().equals(group.getDisplayName()))
                    .forEach(rule -> children.add(DiscoverySelectors.selectUniqueId(
                            provider.getUniqueId().append(RuleDescriptor.SEGMENT, rule.id()))));
        }
        return children;
    }

    /** The class that certifies the provider of that name. */
    private Optional<Class<?>> testClass(String name) {
        if (classes.containsKey(name)) {
            return Optional.of(classes.get(name));
        }
        int at = name.lastIndexOf(CLASS);
        if (at >= 0) {
            Optional<Class<?>> named = ReflectionSupport.tryToLoadClass(name.substring(at + 1)).toOptional()
                    .filter(Candidate::isCertified);
            named.ifPresent(found -> name(found, name));
            return named;
        }
        return Stream.of(System.getProperty("java.class.path", "").split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty()).map(Path::of).filter(Files::isDirectory)
                .flatMap(root -> ReflectionSupport.findAllClassesInClasspathRoot(root.toUri(), Candidate::isCertified,
                        any -> true).stream().sorted(Comparator.comparing(Class::getName)))
                .filter(found -> candidate(found).providerId().equals(name)).findFirst().map(found -> found);
    }
}
