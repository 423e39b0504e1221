#include "engine/file_group.h"

#include "engine/feed.h"
#include "engine/lane_group.h"
#include "engine/shared_file.h"

namespace hashlane {

Task::Task() = default;
Task::Task(Task&&) noexcept = default;
Task& Task::operator=(Task&&) noexcept = default;
Task::~Task() = default;

}  // namespace hashlane
