package org.actium.tagging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.util.Arrays;
import org.junit.Test;

public class TagSetTest {

    @Test
    public void tagsAreReadAsTheyWereWritten() {
        TagSet tags = TagSet.empty();
        tags.set("trip", "42");
        tags.set("empty", "");
        tags.set("straße", "→");

        assertThat(TagSet.read(tags.bytes()).values()).isEqualTo(tags.values()).hasSize(3);
        assertThat(TagSet.read(TagSet.empty().bytes()).isEmpty()).isTrue();
    }

    @Test
    public void whatIsWrittenFollowsEachChange() {
        TagSet tags = TagSet.empty();
        tags.set("trip", "1");
        byte[] before = tags.bytes();

        tags.set("trip", "2");
        assertThat(TagSet.read(tags.bytes()).values()).containsEntry("trip", "2");
        tags.remove("trip");
        assertThat(TagSet.read(tags.bytes()).isEmpty()).isTrue();
        assertThat(TagSet.read(before).values()).as("what has left").containsEntry("trip", "1");
    }

    @Test
    public void damagedBytesAreAnError() {
        TagSet tags = TagSet.empty();
        tags.set("trip", "42");
        byte[] cut = Arrays.copyOf(tags.bytes(), tags.bytes().length - 1);

        assertThatThrownBy(() -> TagSet.read(cut))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("tags");
    }
}
