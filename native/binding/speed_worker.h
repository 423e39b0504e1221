// Measures kernels off the JavaScript thread.
#pragma once

#include <napi.h>

namespace hashlane {

/// measureSpeed(algorithmId, milliseconds, stop): Promise<{singleStream, lanes}>, in bytes a second,
/// 0 where there is no kernel. `stop` is a byte of shared memory: the measuring ends early, with what
/// it has, once it is not 0.
Napi::Value measure_speed_async(const Napi::CallbackInfo& info);

}  // namespace hashlane
