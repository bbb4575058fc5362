# Milliseconds of a forward and a backward pass. Data: figure-12-time.dat
set terminal svg size 800,440 font 'Arial,13' background '#ffffff'
set encoding utf8
set output 'figure-12-time.svg'
unset key
set border 3 lc rgb '#444444'
set tics nomirror
set grid lc rgb '#dddddd' lt 1
set lmargin at screen 0.09500; set rmargin at screen 0.73750
set bmargin at screen 0.12727; set tmargin at screen 0.85909
set label 101 'Milliseconds of a forward and a backward pass' at screen 0.02000,0.95455 font ',15'
set label 102 'The same layers, 256 tokens; the methods in turn, medians of 7 rounds.' at screen 0.02000,0.90455 font ',12' textcolor rgb '#555555'
set xlabel 'Layers'
set ylabel 'Milliseconds of a forward and a backward pass' offset 0.5,0
set xrange [0:16.0]; set yrange [0.0:1017.4289622000001]
set xtics ('0' 0.0, '2' 2.0, '4' 4.0, '6' 6.0, '8' 8.0, '10' 10.0, '12' 12.0, '14' 14.0, '16' 16.0)
set ytics ('0' 0.0, '200' 200.0, '400' 400.0, '600' 600.0, '800' 800.0, '1000' 1000.0)
set arrow 1 from screen 0.74000,0.51899 to screen 0.76750,0.51899 nohead lw 1.2 dt solid lc rgb '#000000'
set label 1 'W' at screen 0.77250,0.51899 left
set arrow 2 from screen 0.74000,0.20688 to screen 0.76750,0.20688 nohead lw 1.2 dt (12,4) lc rgb '#E69F00'
set label 2 'BA' at screen 0.77250,0.20688 left
set arrow 3 from screen 0.74000,0.82424 to screen 0.76750,0.82424 nohead lw 1.2 dt (6,3) lc rgb '#009E73'
set label 3 'BA + S' at screen 0.77250,0.82424 left
set arrow 4 from screen 0.74000,0.25502 to screen 0.76750,0.25502 nohead lw 1.2 dt (2,3) lc rgb '#0072B2'
set label 4 'BA + S, factored' at screen 0.77250,0.25502 left
plot 'figure-12-time.dat' index 0 using 1:2 with linespoints pt 7 ps 0.5 lw 1.8 dt solid lc rgb '#000000', \
  'figure-12-time.dat' index 1 using 1:2 with linespoints pt 7 ps 0.5 lw 1.8 dt (12,4) lc rgb '#E69F00', \
  'figure-12-time.dat' index 2 using 1:2 with linespoints pt 7 ps 0.5 lw 1.8 dt (6,3) lc rgb '#009E73', \
  'figure-12-time.dat' index 3 using 1:2 with linespoints pt 7 ps 0.5 lw 1.8 dt (2,3) lc rgb '#0072B2'
