package dev.or3.tck.suites.run;

import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.List;

/** Values as text, arrays included, so that equal texts mean equal histories. */
final class Described {
    private Described() {
    }

    static String of(Object value) {
        StringBuilder text = new StringBuilder();
        append(value, text);
        return text.toString();
    }

    private static void append(Object value, StringBuilder text) {
        if (value instanceof Record) {
            text.append('\n').append(value.getClass().getSimpleName()).append('(');
            for (RecordComponent component : value.getClass().getRecordComponents()) {
                text.append(component.getName()).append('=');
                append(read(component, value), text);
                text.append(' ');
            }
            text.append(')');
        } else if (value instanceof List<?> list) {
            text.append('[');
            list.forEach(element -> append(element, text.append(' ')));
            text.append(']');
        } else if (value != null && value.getClass().isArray()) {
            text.append('[');
            for (int i = 0; i < Array.getLength(value); i++) {
                text.append(Array.get(value, i)).append(' ');
            }
            text.append(']');
        } else if (value instanceof String string) {
            text.append('"');
            string.chars().forEach(c -> text.append(c < 32 || c > 126 ? String.format("\\u%04x", c) : (char) c));
            text.append('"');
        } else {
            text.append(value);
        }
    }

    private static Object read(RecordComponent component, Object value) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
