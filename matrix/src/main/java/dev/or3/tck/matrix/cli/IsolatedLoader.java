package dev.or3.tck.matrix.cli;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Loads an author's provider. It sees the JDK, its own jars, and of the kit only what a provider is written against: the
 * interfaces, and Jackson, whose types they mention. So whatever else it brings along cannot clash with the kit's own.
 */
final class IsolatedLoader extends URLClassLoader {

    private IsolatedLoader(URL[] jars) {
        super("provider", jars, new Shared());
    }

    static IsolatedLoader of(List<Path> jars) {
        return new IsolatedLoader(jars.stream().map(IsolatedLoader::url).toArray(URL[]::new));
    }

    private static URL url(Path jar) {
        if (!Files.isReadable(jar)) {
            throw Trouble.usage("--provider-jar " + jar + (Files.exists(jar) ? " cannot be read" : " does not exist")
                    + ": name a jar, or a directory of classes");
        }
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw Trouble.usage("--provider-jar " + jar + " cannot be reached: name a file", e);
        }
    }

    /** The part of the kit that a provider shares with it. Resources of the kit stay hidden. */
    private static final class Shared extends ClassLoader {
        Shared() {
            super("shared", ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("dev.or3.tck.api.") || name.startsWith("com.fasterxml.jackson.")) {
                return Class.forName(name, false, IsolatedLoader.class.getClassLoader());
            }
            throw new ClassNotFoundException(name);
        }
    }
}
