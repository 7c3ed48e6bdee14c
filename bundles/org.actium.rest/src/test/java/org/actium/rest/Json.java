package org.actium.rest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.MultivaluedHashMap;

/** What a client reads. */
final class Json {

    private Json() {}

    static String of(Object value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            new JsonWriter()
                    .writeTo(
                            value,
                            value.getClass(),
                            value.getClass(),
                            new Annotation[0],
                            MediaType.APPLICATION_JSON_TYPE,
                            new MultivaluedHashMap<>(),
                            out);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
