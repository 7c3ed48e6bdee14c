package org.actium.deployment.descriptor.dialect;

import java.util.Map;
import java.util.Set;
import org.actium.deployment.model.SourcePosition;
import org.actium.deployment.spi.XmlElement;

/**
 * A document in our language.
 *
 * @param dialect what it was written in, for people
 * @param root {@code actium}; variables are not replaced
 * @param spellings what elements were called, by place, if otherwise than now
 * @param words elements that only the dialect has
 */
public record Translation(String dialect, XmlElement root, Map<SourcePosition, String> spellings, Set<String> words) {

    public Translation {
        spellings = Map.copyOf(spellings);
        words = Set.copyOf(words);
    }

    /** What the element is called in the document it comes from. */
    public String spelling(XmlElement element) {
        return spellings.getOrDefault(element.at(), element.name());
    }
}
