package org.actium.service.core;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import org.actium.object.spi.MessageInterceptor;

/** Makes an interceptor with a public method of a class that nobody has, as a bundle with a forgotten import has. */
final class Unlinked extends ClassLoader {

    private static final ClassDesc NAME = ClassDesc.of("org.actium.service.core.UnlinkedInterceptor");

    private Unlinked() {
        super(Unlinked.class.getClassLoader());
    }

    static MessageInterceptor interceptor() throws ReflectiveOperationException {
        byte[] code = ClassFile.of()
                .build(
                        NAME,
                        type -> type.withInterfaceSymbols(ClassDesc.of(MessageInterceptor.class.getName()))
                                .withMethodBody(
                                        ConstantDescs.INIT_NAME,
                                        ConstantDescs.MTD_void,
                                        ClassFile.ACC_PUBLIC,
                                        body -> body.aload(0)
                                                .invokespecial(
                                                        ConstantDescs.CD_Object,
                                                        ConstantDescs.INIT_NAME,
                                                        ConstantDescs.MTD_void)
                                                .return_())
                                .withMethodBody(
                                        "forgotten",
                                        MethodTypeDesc.of(ClassDesc.of("org.example.Missing")),
                                        ClassFile.ACC_PUBLIC,
                                        body -> body.aconst_null().areturn()));
        Class<?> type = new Unlinked().defineClass(null, code, 0, code.length);
        return (MessageInterceptor) type.getDeclaredConstructor().newInstance();
    }
}
