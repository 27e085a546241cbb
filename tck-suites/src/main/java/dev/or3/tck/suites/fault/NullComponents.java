package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Json;
import dev.or3.tck.api.JsonText;
import java.lang.reflect.Constructor;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** Components without a memory, made of nothing but the types that their methods answer. */
final class NullComponents {
    private NullComponents() {
    }

    /** One that finds nothing. */
    static <T> T empty(Class<T> component) {
        return proxy(component, (type, input) -> plain(type, false, () -> ""));
    }

    /** One that says yes to everything. */
    static <T> T agreeing(Class<T> component) {
        return proxy(component, (type, input) -> plain(type, true, () -> UUID.randomUUID().toString()));
    }

    /** One that gives back the first thing it was told. */
    static <T> T echo(Class<T> component) {
        return proxy(component, (type, input) -> plain(type, true, () -> input == null || Json.parse(Json.write(input)).isEmpty()
                ? "" : Json.parse(Json.write(input)).iterator().next().asText()));
    }

    private interface Answering {
        Object answer(Class<?> type, Object input);
    }

    private static <T> T proxy(Class<T> component, Answering answering) {
        return component.cast(Proxy.newProxyInstance(component.getClassLoader(), new Class<?>[] {component},
                (proxy, method, arguments) -> answering.answer(method.getReturnType(),
                        arguments == null || arguments.length < 2 ? null : arguments[1])));
    }

    private static Object plain(Class<?> type, boolean yes, Supplier<String> text) {
        if (type == boolean.class || type == Boolean.class) {
            return yes;
        }
        if (type == int.class || type == Integer.class) {
            return yes ? 1 : 0;
        }
        if (type == long.class || type == Long.class) {
            return yes ? 1L : 0L;
        }
        if (type == String.class) {
            return yes ? text.get() : null;
        }
        if (List.class.isAssignableFrom(type)) {
            return List.of();
        }
        if (type == JsonText.class) {
            return yes ? new JsonText("{}") : null;
        }
        return yes && type.isRecord() ? record(type, text) : yes && type.isEnum() ? type.getEnumConstants()[0] : null;
    }

    private static Object record(Class<?> type, Supplier<String> text) {
        RecordComponent[] parts = type.getRecordComponents();
        try {
            Constructor<?> made = type.getDeclaredConstructor(
                    Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new));
            return made.newInstance(Arrays.stream(parts).map(part -> plain(part.getType(), true, text)).toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record of the interfaces has a public constructor", e);
        }
    }
}
