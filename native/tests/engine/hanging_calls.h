// Calls to the system that hang until they are told to answer, as on a mount whose server is gone. They take
// places in the table of system/calls.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace hashlane::testing {

enum class Call : std::uint8_t { kLook, kOpen, kFacts, kRead, kList, kClose };

/// From now on such calls hang for paths that end in `name`, or lie below a folder of that name; reads only when
/// they ask for bytes from `offset` on.
void hang(Call call, std::string name, std::uint64_t offset = 0);

/// Waits until so many calls hang.
void wait_for_hanging(std::size_t count);
/// While true, no thread can be had. False where sanitizers need threads to be theirs.
bool refuse_threads(bool refuse);

/// Calls that hang now.
std::size_t hanging();

/// Lets all calls go on, waits until they have, and makes no more hang.
void answer();

}  // namespace hashlane::testing
