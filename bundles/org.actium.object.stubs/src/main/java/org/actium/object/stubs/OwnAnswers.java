package org.actium.object.stubs;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.actium.object.spi.StubbedMethods;

/** The methods of a stub class that stubs answer themselves: what the JVM and serialization call on any object. */
final class OwnAnswers {

    private OwnAnswers() {}

    static void write(ClassBuilder stub, Class<?> stubbed, List<Method> inherited) {
        answerForItself(stub, inherited);
        if (Serializable.class.isAssignableFrom(stubbed)) {
            refuseToBeWritten(stub, stubbed);
        }
    }

    /** A stub has nothing to finalize, and is what it is to serialization, whatever its type wants for its own objects. */
    private static void answerForItself(ClassBuilder stub, List<Method> inherited) {
        Set<String> done = new HashSet<>();
        for (Method method : inherited) {
            if (StubbedMethods.isOfTheStubItself(method) && done.add(method.getName())) {
                int access = method.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED);
                MethodTypeDesc type = MethodTypeDesc.of(StubBytecode.describe(method.getReturnType()));
                stub.withMethodBody(method.getName(), type, access, code -> {
                    if (StubbedMethods.isFinalize(method)) {
                        code.return_();
                    } else {
                        code.aload(0).areturn();
                    }
                });
            }
        }
    }

    /** Actium's streams replace stubs before they come to this; what others wrote, nobody could read. */
    private static void refuseToBeWritten(ClassBuilder stub, Class<?> stubbed) {
        ClassDesc refusal = StubBytecode.describe(NotSerializableException.class);
        MethodTypeDesc type = MethodTypeDesc.of(ConstantDescs.CD_void, StubBytecode.describe(ObjectOutputStream.class));
        stub.withMethodBody("writeObject", type, ClassFile.ACC_PRIVATE | ClassFile.ACC_SYNTHETIC, code -> {
            code.new_(refusal).dup();
            code.ldc("stub or future of " + stubbed.getName()
                    + ": only Actium passes it on; write the value that Futures.value gives, or a name");
            code.invokespecial(
                    refusal,
                    ConstantDescs.INIT_NAME,
                    MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String));
            code.athrow();
        });
    }
}
