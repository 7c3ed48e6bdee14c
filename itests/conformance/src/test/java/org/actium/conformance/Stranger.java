package org.actium.conformance;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/** Makes objects of classes that only the loader knows which defined them: they are missing everywhere else. */
final class Stranger {

    static final String OBJECT = "org.example.strange.Stranger";
    static final String THROWABLE = "org.example.strange.StrangeException";

    private Stranger() {}

    /** Serializable. */
    static Object object() {
        return make(OBJECT, Object.class);
    }

    static Object throwable() {
        return make(THROWABLE, IllegalStateException.class);
    }

    private static Object make(String name, Class<?> parent) {
        ClassDesc superclass = parent.describeConstable().orElseThrow();
        byte[] bytes = ClassFile.of()
                .build(
                        ClassDesc.of(name),
                        type -> type.withFlags(ClassFile.ACC_PUBLIC)
                                .withSuperclass(superclass)
                                .withInterfaceSymbols(ClassDesc.of("java.io.Serializable"))
                                .withMethodBody(
                                        ConstantDescs.INIT_NAME,
                                        ConstantDescs.MTD_void,
                                        ClassFile.ACC_PUBLIC,
                                        code -> code.aload(0)
                                                .invokespecial(
                                                        superclass,
                                                        ConstantDescs.INIT_NAME,
                                                        MethodTypeDesc.of(ConstantDescs.CD_void))
                                                .return_()));
        try {
            return new OneClassLoader(bytes).define(name).getConstructor().newInstance();
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError(name, impossible);
        }
    }

    private static final class OneClassLoader extends ClassLoader {
        private final byte[] bytes;

        OneClassLoader(byte[] bytes) {
            super(Stranger.class.getClassLoader());
            this.bytes = bytes;
        }

        Class<?> define(String name) {
            return defineClass(name, bytes, 0, bytes.length);
        }
    }
}
