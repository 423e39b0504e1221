#include "engine/files/file_group.h"

#include "engine/jobs/feed.h"
#include "engine/lanes/lane_group.h"
#include "engine/large/shared_file.h"

namespace hashlane {

Task::Task() = default;
Task::Task(Task&&) noexcept = default;
Task& Task::operator=(Task&&) noexcept = default;
Task::~Task() = default;

}  // namespace hashlane
