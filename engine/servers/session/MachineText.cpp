// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/session/MachineText.h"

#include <QCoreApplication>
#include <QFile>
#include <QSysInfo>
#include <QThread>

#include <unistd.h>

namespace loopscope {

namespace {

QString processorName()
{
    QFile file(QStringLiteral("/proc/cpuinfo"));
    if (!file.open(QIODevice::ReadOnly))
        return QSysInfo::currentCpuArchitecture();
    const QByteArrayList lines = file.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith("model name"))
            return QString::fromUtf8(line.mid(line.indexOf(':') + 1)).simplified();
    }
    return QSysInfo::currentCpuArchitecture();
}

} // namespace

int usableCores() { return std::max(1, QThread::idealThreadCount()); }

QString machineText()
{
    const double gigabytes = static_cast<double>(::sysconf(_SC_PHYS_PAGES)) * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1e9;
    const QString cores = usableCores() == 1 ? QCoreApplication::translate("loopscope::MachineText", "1 core")
                                             : QCoreApplication::translate("loopscope::MachineText", "%1 cores").arg(usableCores());
    return QStringLiteral("%1, %2, %3 GB, %4, %5 %6")
        .arg(cores, processorName(), QString::number(gigabytes, 'f', 1), QSysInfo::prettyProductName(), QSysInfo::kernelType(),
            QSysInfo::kernelVersion());
}

} // namespace loopscope
