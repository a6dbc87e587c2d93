// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/Palette.h"

#include <QFont>
#include <QObject>

class QApplication;
class QIcon;

namespace loopscope {

/// Palette, fonts and zoom of the whole program. One instance (Theme::current()); views repaint on changed(). GUI thread only.
class Theme : public QObject
{
    Q_OBJECT
public:
    enum class Choice : quint8 { FollowSystem, Light, Dark };

    static Theme &current();

    /// Notes the desktop's own palette and puts style, palette, fonts and style sheet on the application. Call once, after its creation.
    void install(QApplication &application);

    const Palette &palette() const { return *m_palette; }
    Choice choice() const { return m_choice; }
    void setChoice(Choice choice);

    /// Text size in percent of the normal one, 60 to 300: for projectors and for weak eyes.
    int zoom() const { return m_zoom; }
    void setZoom(int percent);

    enum class TextRole : quint8 {
        Words, ///< 13 px sans
        Strong, ///< the same, semi-bold
        Head, ///< 11 px capitals
        Fact, ///< 11 px sans: facts beside names
        Code, ///< 12 px mono
        SmallCode, ///< 10 px mono
    };
    QFont font(TextRole role) const;
    /// A length of the 8 px grid, scaled with the zoom.
    qreal scaled(qreal pixels) const { return pixels * m_zoom / 100.0; }

Q_SIGNALS:
    void changed();

private:
    Theme() = default;
    void apply();

    QApplication *m_application = nullptr;
    const Palette *m_palette = &Palette::dark();
    Choice m_choice = Choice::FollowSystem;
    int m_zoom = 100;
    bool m_systemIsDark = false;
};

} // namespace loopscope
