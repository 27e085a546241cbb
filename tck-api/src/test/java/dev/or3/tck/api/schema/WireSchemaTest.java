package dev.or3.tck.api.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.api.schema.WireSchema.Field;
import dev.or3.tck.api.schema.WireSchema.FieldType;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WireSchemaTest {

    private final WireSchema schema = WireSchema.current();

    @Test
    void the_tables_and_their_required_fields_are_those_of_the_contract() {
        assertThat(schema.tableNames()).containsExactly("file_meta", "kv", "messages", "notifications", "posts", "projects",
                "threads");
        assertThat(required("threads")).isEqualTo("clock created_at deleted id pinned status updated_at");
        assertThat(required("messages")).isEqualTo("clock created_at deleted id index order_key role thread_id updated_at");
        assertThat(required("projects")).isEqualTo("clock created_at deleted id name updated_at");
        assertThat(required("posts")).isEqualTo("clock content created_at deleted id post_type title updated_at");
        assertThat(required("file_meta")).isEqualTo("clock created_at deleted hash updated_at");
        assertThat(required("kv")).isEqualTo("clock created_at id name updated_at");
        assertThat(required("notifications")).isEqualTo("clock created_at deleted id title type updated_at user_id");
    }

    @Test
    void every_table_is_keyed_by_a_required_text_field() {
        schema.tables().forEach((name, table) -> {
            assertThat(table.key()).as(name).isEqualTo(name.equals("file_meta") ? "hash" : "id");
            assertThat(table.fields().get(table.key())).as(name).isEqualTo(new Field(FieldType.text, true, 1));
        });
    }

    @Test
    void the_schema_as_of_now_is_the_schema() {
        assertThat(schema.asOf(schema.version())).isEqualTo(schema);
    }

    @Test
    void the_schema_as_of_version_1_lacks_what_version_2_added_and_nothing_else() {
        WireSchema earlier = schema.asOf(1);
        assertThat(earlier.version()).isEqualTo(1);
        assertThat(earlier.table("notifications")).isEmpty();
        assertThat(earlier.table("threads").orElseThrow().fields()).doesNotContainKey("forked");
        int fieldsNow = schema.tables().values().stream().mapToInt(table -> table.fields().size()).sum();
        int fieldsThen = earlier.tables().values().stream().mapToInt(table -> table.fields().size()).sum();
        assertThat(fieldsNow - fieldsThen).isEqualTo(1 + schema.table("notifications").orElseThrow().fields().size());
        assertThat(earlier.tableNames()).hasSize(6);
    }

    @Test
    void what_a_version_adds_to_an_older_table_is_optional() {
        schema.tables().forEach((name, table) -> table.fields().forEach((field, shape) -> {
            if (shape.since() > table.since()) {
                assertThat(shape.required()).as(name + "." + field).isFalse();
            }
        }));
    }

    @Test
    void an_unknown_table_is_absent() {
        assertThat(schema.table("nope")).isEmpty();
        assertThat(schema.table(null)).isEmpty();
        assertThat(List.of("threads", "kv")).allMatch(name -> schema.table(name).isPresent());
    }

    private String required(String table) {
        return schema.table(table).orElseThrow().fields().entrySet().stream().filter(field -> field.getValue().required())
                .map(Map.Entry::getKey).collect(Collectors.toCollection(TreeSet::new)).stream()
                .collect(Collectors.joining(" "));
    }
}
