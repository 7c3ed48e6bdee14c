package org.actium.codec.java;

import java.io.StreamCorruptedException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.actium.codec.api.CodecException;
import org.actium.codec.api.ReceivedClasses;

/** Descriptions by number. Holds as many as an honest {@link SentTable} sends. */
final class ReceivedTable implements ReceivedClasses {

    private final Map<Integer, DescribedClass> classes = new ConcurrentHashMap<>();
    private final AtomicInteger bytes = new AtomicInteger();

    @Override
    public void learn(int number, byte[] description) {
        if (number < 0 || number >= SentTable.NUMBERS) {
            throw new CodecException("class " + number + " is described; a link has " + SentTable.NUMBERS);
        }
        if (description.length > SentTable.DESCRIPTION_BYTES
                || bytes.addAndGet(description.length) > SentTable.ALL_BYTES) {
            throw new CodecException("the descriptions of classes are longer than " + SentTable.ALL_BYTES + " bytes");
        }
        try {
            ClassForm form = ClassForm.read(new Input(ByteBuffer.wrap(description)));
            if (classes.putIfAbsent(number, new DescribedClass(form)) != null) {
                throw new CodecException("class " + number + " (" + form.name() + ") is described twice");
            }
        } catch (BufferUnderflowException | StreamCorruptedException damaged) {
            throw new CodecException("the description of class " + number + " is damaged", damaged);
        }
    }

    DescribedClass get(long number) throws StreamCorruptedException {
        DescribedClass described = number < SentTable.NUMBERS ? classes.get((int) number) : null;
        if (described == null) {
            throw new StreamCorruptedException("class " + number + " was not described");
        }
        return described;
    }
}
